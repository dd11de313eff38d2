package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec.AllowedNamespaces;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.NamespaceSelector;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.NamespaceSelector.Expression;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Selectors follow {@code metav1.LabelSelector}. */
final class NamespaceRuleTest {
  private static final Map<String, String> LABELS = Map.of("team", "a", "env", "prod");
  private static final NamespaceLabels OF_SHOP =
      namespace -> namespace.equals("shop") ? Optional.of(LABELS) : Optional.empty();

  @Test
  void shouldAllowAllNamespacesWithoutARule() {
    assertTrue(new NamespaceRule(null, NamespaceLabels.UNKNOWN).allows("shop"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldAllowAllNamespacesFromAll(AllowedNamespaces all) {
    assertTrue(allows(all, "shop"));
  }

  static List<AllowedNamespaces> all() {
    return List.of(
        new AllowedNamespaces("All", null, null),
        new AllowedNamespaces(null, null, null),
        new AllowedNamespaces("All", null, List.of("other")));
  }

  @Test
  void shouldAllowTheNamedNamespacesOnly() {
    AllowedNamespaces names = new AllowedNamespaces("Names", null, List.of("shop", "bank"));

    assertTrue(allows(names, "shop"));
    assertFalse(allows(names, "sho"));
    assertFalse(allows(names, "shop2"));
  }

  @Test
  void shouldIgnoreTheSelectorOfNames() {
    NamespaceSelector everything = new NamespaceSelector(Map.of(), List.of());

    assertFalse(allows(new AllowedNamespaces("Names", everything, List.of("bank")), "shop"));
  }

  static List<Arguments> selectors() {
    return List.of(
        Arguments.of(true, Map.of(), List.of()),
        Arguments.of(true, null, null),
        Arguments.of(true, Map.of("team", "a"), null),
        Arguments.of(true, Map.of("team", "a", "env", "prod"), null),
        Arguments.of(false, Map.of("team", "b"), null),
        Arguments.of(false, Map.of("team", "a", "env", "test"), null),
        Arguments.of(false, Map.of("absent", ""), null),
        Arguments.of(true, null, List.of(new Expression("team", "In", List.of("b", "a")))),
        Arguments.of(false, null, List.of(new Expression("team", "In", List.of("b")))),
        Arguments.of(false, null, List.of(new Expression("absent", "In", List.of("a")))),
        Arguments.of(false, null, List.of(new Expression("team", "NotIn", List.of("b", "a")))),
        Arguments.of(true, null, List.of(new Expression("team", "NotIn", List.of("b")))),
        Arguments.of(true, null, List.of(new Expression("absent", "NotIn", List.of("a")))),
        Arguments.of(true, null, List.of(new Expression("team", "Exists", null))),
        Arguments.of(false, null, List.of(new Expression("absent", "Exists", null))),
        Arguments.of(false, null, List.of(new Expression("team", "DoesNotExist", null))),
        Arguments.of(true, null, List.of(new Expression("absent", "DoesNotExist", null))),
        Arguments.of(
            false, Map.of("team", "a"), List.of(new Expression("env", "In", List.of("test")))),
        Arguments.of(
            false,
            null,
            List.of(
                new Expression("team", "Exists", null), new Expression("absent", "Exists", null))));
  }

  @ParameterizedTest
  @MethodSource("selectors")
  void shouldAllowTheNamespacesThatTheSelectorSelects(
      boolean isAllowed, Map<String, String> equal, List<Expression> expressions) {
    NamespaceSelector selector = new NamespaceSelector(equal, expressions);

    assertEquals(isAllowed, allows(new AllowedNamespaces("Selector", selector, null), "shop"));
  }

  @Test
  void shouldAllowNoNamespaceWhoseLabelsAreUnknown() {
    NamespaceSelector everything = new NamespaceSelector(Map.of(), List.of());

    assertFalse(allows(new AllowedNamespaces("Selector", everything, null), "unknown"));
  }

  static List<AllowedNamespaces> nonsense() {
    return List.of(
        new AllowedNamespaces("", null, List.of("shop")),
        new AllowedNamespaces("all", null, null),
        new AllowedNamespaces("Same", null, List.of("shop")),
        new AllowedNamespaces("Names", null, null),
        new AllowedNamespaces("Names", null, List.of()),
        new AllowedNamespaces("Selector", null, List.of("shop")),
        selecting(new Expression("team", "Equals", List.of("a"))),
        selecting(new Expression("team", "in", List.of("a"))),
        selecting(new Expression("team", null, List.of("a"))),
        selecting(new Expression("team", "In", null)),
        selecting(new Expression("team", "NotIn", null)),
        selecting(new Expression("team", "NotIn", List.of())),
        selecting(new Expression("team", "Exists", List.of("a"))),
        selecting(new Expression("absent", "DoesNotExist", List.of("a"))),
        selecting(new Expression(null, "In", List.of("a"))),
        selecting(new Expression(null, "NotIn", List.of("a"))),
        selecting(new Expression(null, "DoesNotExist", null)),
        selecting(new Expression("", "DoesNotExist", null)),
        selecting(null));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void shouldAllowNoNamespaceByARuleThatMakesNoSense(AllowedNamespaces rule) {
    assertFalse(allows(rule, "shop"));
  }

  private static AllowedNamespaces selecting(Expression expression) {
    return new AllowedNamespaces(
        "Selector", new NamespaceSelector(null, Collections.singletonList(expression)), null);
  }

  private static boolean allows(AllowedNamespaces rule, String namespace) {
    return new NamespaceRule(rule, OF_SHOP).allows(namespace);
  }
}
