package dev.acktask.e2e.install;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * One verb on one resource: granted by a rule, or used by a request.
 *
 * @param resource with its group before and its subresource behind
 * @param name of the object; empty for all
 * @param namespace where; empty for all
 */
record Right(String verb, String resource, String name, String namespace) {

  /** Each right that {@code rules} give in {@code namespace}; empty for everywhere. */
  static Stream<Right> of(List<PolicyRule> rules, String namespace) {
    return rules.stream().flatMap(rule -> of(rule, namespace));
  }

  /** True when a rule that gives this right allows {@code use}. */
  boolean covers(Right use) {
    return verb.equals(use.verb)
        && resource.equals(use.resource)
        && (name.isEmpty() || name.equals(use.name))
        && (namespace.isEmpty() || namespace.equals(use.namespace));
  }

  private static Stream<Right> of(PolicyRule rule, String namespace) {
    List<String> names = rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames();
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .flatMap(
                        resource ->
                            rule.getVerbs().stream()
                                .flatMap(
                                    verb ->
                                        names.stream()
                                            .map(
                                                name ->
                                                    new Right(
                                                        verb,
                                                        group + "/" + resource,
                                                        name,
                                                        namespace)))));
  }

  @Override
  public String toString() {
    return "%s %s%s in %s"
        .formatted(
            verb,
            resource,
            name.isEmpty() ? "" : " " + name,
            namespace.isEmpty() ? "all namespaces" : namespace);
  }
}
