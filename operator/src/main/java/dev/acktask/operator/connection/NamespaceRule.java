package dev.acktask.operator.connection;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec.AllowedNamespaces;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.NamespaceSelector;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.NamespaceSelector.Expression;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which namespaces may use a ClusterAckConnection, in the words of the Gateway API. What it
 * does not understand allows no namespace.
 *
 * @param allowed null allows all
 * @param labels of the namespaces, for a selector
 */
record NamespaceRule(@Nullable AllowedNamespaces allowed, NamespaceLabels labels) {

  boolean allows(String namespace) {
    if (allowed == null) {
      return true;
    }
    return switch (Objects.requireNonNullElse(allowed.from(), AllowedNamespaces.ALL)) {
      case AllowedNamespaces.ALL -> true;
      case AllowedNamespaces.NAMES ->
          allowed.names() != null && allowed.names().contains(namespace);
      case AllowedNamespaces.SELECTOR -> {
        NamespaceSelector selector = allowed.selector();
        yield selector != null
            && labels.of(namespace).filter(present -> matches(selector, present)).isPresent();
      }
      default -> false;
    };
  }

  /** As {@code metav1.LabelSelector}: all requirements together. */
  private static boolean matches(NamespaceSelector selector, Map<String, String> labels) {
    Map<String, String> equal = Objects.requireNonNullElse(selector.matchLabels(), Map.of());
    List<Expression> expressions =
        Objects.requireNonNullElse(selector.matchExpressions(), List.of());
    return labels.entrySet().containsAll(equal.entrySet())
        && expressions.stream().allMatch(expression -> matches(expression, labels));
  }

  /** As the API server does: In and NotIn need values, the other operators have none. */
  private static boolean matches(@Nullable Expression expression, Map<String, String> labels) {
    if (expression == null || expression.key() == null || expression.key().isEmpty()) {
      return false;
    }
    String value = labels.get(expression.key());
    List<String> values = Objects.requireNonNullElse(expression.values(), List.of());
    return switch (Objects.requireNonNullElse(expression.operator(), "")) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> !values.isEmpty() && (value == null || !values.contains(value));
      case "Exists" -> values.isEmpty() && value != null;
      case "DoesNotExist" -> values.isEmpty() && value == null;
      default -> false;
    };
  }
}
