package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rights of the operator in a rendered chart, without those to its Lease. */
final class OperatorRights {
  private OperatorRights() {}

  /**
   * The rules of each role that is bound to the operator, as {@link #text}. A key is the namespace,
   * or {@code everywhere}, with the name of the binding. Fails when a binding has another subject
   * or a role of another name.
   */
  static Map<String, List<String>> of(Rendered rendered) {
    Map<String, List<PolicyRule>> roles = new HashMap<>();
    rendered.all(ClusterRole.class).forEach(role -> roles.put(key(role), role.getRules()));
    rendered.all(Role.class).forEach(role -> roles.put(key(role), role.getRules()));
    Map<String, List<String>> granted = new TreeMap<>();
    for (ClusterRoleBinding binding : rendered.all(ClusterRoleBinding.class)) {
      check(binding, binding.getRoleRef(), binding.getSubjects());
      granted.put("everywhere: " + name(binding), texts(roles.get(key(binding))));
    }
    for (RoleBinding binding : rendered.all(RoleBinding.class)) {
      check(binding, binding.getRoleRef(), binding.getSubjects());
      if (!name(binding).endsWith("-leader")) {
        granted.put(
            binding.getMetadata().getNamespace() + ": " + name(binding),
            texts(roles.get(key(binding))));
      }
    }
    return granted;
  }

  /** The rules of all roles, bound or not, except those for users. */
  static List<PolicyRule> rules(Rendered rendered) {
    return Stream.concat(
            rendered.all(ClusterRole.class).stream()
                .filter(role -> !name(role).matches(".*-(view|edit)"))
                .flatMap(role -> role.getRules().stream()),
            rendered.all(Role.class).stream().flatMap(role -> role.getRules().stream()))
        .toList();
  }

  /** For example {@code get /secrets named a,b}. */
  static String text(PolicyRule rule) {
    String names = String.join(",", rule.getResourceNames());
    return "%s %s/%s%s"
        .formatted(
            String.join(" ", rule.getVerbs()),
            String.join(",", rule.getApiGroups()),
            String.join(",", rule.getResources()),
            names.isEmpty() ? "" : " named " + names);
  }

  private static void check(HasMetadata binding, RoleRef role, List<Subject> subjects) {
    assertEquals(binding.getKind(), role.getKind() + "Binding");
    assertEquals(name(binding), role.getName());
    assertEquals(1, subjects.size(), subjects::toString);
    Subject subject = subjects.get(0);
    assertEquals(
        "ServiceAccount acktask-system/acktask-operator",
        subject.getKind() + " " + subject.getNamespace() + "/" + subject.getName());
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  /** The same for a role and its binding. */
  private static String key(HasMetadata object) {
    String kind = object.getKind().replace("Binding", "");
    return kind + " " + object.getMetadata().getNamespace() + "/" + name(object);
  }

  private static List<String> texts(List<PolicyRule> rules) {
    assertNotNull(rules, "a binding without its role");
    return rules.stream().map(OperatorRights::text).toList();
  }
}
