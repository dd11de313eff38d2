package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;

/**
 * No map of the output has a duplicate key for any combination of values: Helm silently uses the
 * last one, but kubectl and GitOps tools reject the object.
 */
class StrictYamlTest {
  private static final Chart CHART = Chart.ours();

  /** Every key that an object of the chart has as a label or annotation, with another value. */
  private static final String TAKEN =
      """
      {app.kubernetes.io/name: x, app.kubernetes.io/instance: x, app.kubernetes.io/version: x,
       app.kubernetes.io/component: x, app.kubernetes.io/part-of: x, helm.sh/chart: x,
       app.kubernetes.io/managed-by: x, pod-identity.alibabacloud.com/injection: x,
       pod-identity.alibabacloud.com/role-name: x, kubectl.kubernetes.io/default-container: x,
       rbac.authorization.k8s.io/aggregate-to-view: x, grafana_dashboard: x, grafana_folder: x,
       rbac.authorization.k8s.io/aggregate-to-edit: x, helm.sh/resource-policy: x, team: x}
      """;

  private static final List<String> MAPS =
      List.of(
          "commonLabels",
          "podLabels",
          "podAnnotations",
          "nodeSelector",
          "serviceAccount.annotations",
          "service.annotations",
          "serviceMonitor.additionalLabels",
          "podMonitor.additionalLabels",
          "prometheusRule.additionalLabels",
          "grafanaDashboard.labels",
          "grafanaDashboard.annotations");

  private static final List<String> SWITCHES =
      List.of(
          "rrsa.enabled",
          "leaderElection.enabled",
          "crds.enabled",
          "crds.keep",
          "rbac.create",
          "connections.enabled",
          "connections.cluster",
          "discovery.enabled",
          "rbac.aggregateToView",
          "rbac.aggregateToEdit",
          "rbac.editMayCreate",
          "topologySpread.enabled",
          "podDisruptionBudget.enabled",
          "networkPolicy.enabled",
          "prometheusRule.enabled",
          "grafanaDashboard.enabled",
          "prometheusRule.alerts.AckTaskFailed.enabled");

  private static final Map<String, List<String>> OTHERS =
      Map.of(
          "watchNamespaces", List.of("[]", "[a, b]"),
          "connections.secrets", List.of("{}", "{own: [k], namespaces: [a, acktask-system]}"),
          "monitor", List.of("none", "serviceMonitor", "podMonitor"),
          "nameOverride", List.of("''", "123", "tasks"),
          "fullnameOverride", List.of("''", "tasks"),
          "prometheusRule.alerts.AckTaskFailed.labels", List.of("{}", "{team: x, job: j}"),
          "networkPolicy.extraEgress", List.of("[]", "[{ports: [{port: 4318}]}]"),
          "extraEnv",
              List.of(
                  "[]",
                  "[{name: ACKTASK_LOG_LEVEL, value: debug}, {name: JDK_JAVA_OPTIONS, value:"
                      + " -Xint}]"),
          "jvm.options", List.of("''", "-Xmx128m"),
          "extraVolumes", List.of("[]", "[{name: more, emptyDir: {}}]"));

  @Test
  void shouldHaveNoDuplicateKeyWhenAnyValuesCombine() {
    // given
    Map<String, List<String>> choices = new LinkedHashMap<>();
    MAPS.forEach(map -> choices.put(map, List.of("{}", TAKEN)));
    SWITCHES.forEach(key -> choices.put(key, List.of("true", "false")));
    choices.putAll(OTHERS);
    List<Map<String, String>> combinations = Pairwise.combinations(choices);

    // when
    for (Map<String, String> combination : combinations) {
      String values = values(combination);
      Rendered rendered = CHART.render("123", "acktask-system", values);
      assertStrict(rendered.text(), values);
      for (HasMetadata object : rendered.objects()) {
        assertWorks(object.getMetadata(), values);
      }
      assertWorks(rendered, values);
    }

    // then
    assertTrue(combinations.size() >= 9, () -> combinations.size() + " combinations");
  }

  @Test
  void shouldFailWhenAKeyIsDuplicated() {
    assertThrows(
        DuplicateKeyException.class, () -> assertStrict("labels:\n  a: x\n  a: y\n", "none"));
  }

  /** Conflicts are resolved so that the object works, and otherwise by the given values. */
  private static void assertWorks(ObjectMeta metadata, String values) {
    Map<String, String> labels = metadata.getLabels();
    assertEquals("Helm", labels.get("app.kubernetes.io/managed-by"), values);
    assertEquals("123", labels.get("app.kubernetes.io/instance"), values);
    if (metadata.getName().endsWith("-view")) {
      assertEquals("true", labels.get("rbac.authorization.k8s.io/aggregate-to-view"), values);
    }
  }

  private static void assertWorks(Rendered rendered, String values) {
    Deployment deployment = rendered.one(Deployment.class);
    Map<String, String> selector = deployment.getSpec().getSelector().getMatchLabels();
    Map<String, String> pod = deployment.getSpec().getTemplate().getMetadata().getLabels();
    assertTrue(pod.entrySet().containsAll(selector.entrySet()), values);
    assertEquals(selector, rendered.one(Service.class).getSpec().getSelector(), values);
    if (values.contains("rrsa.enabled: true")) {
      assertEquals("on", pod.get("pod-identity.alibabacloud.com/injection"), values);
      assertEquals(
          "role",
          rendered
              .one(ServiceAccount.class)
              .getMetadata()
              .getAnnotations()
              .get("pod-identity.alibabacloud.com/role-name"),
          values);
    }
    Set<String> names = new HashSet<>();
    for (EnvVar variable :
        deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv()) {
      assertTrue(names.add(variable.getName()), () -> variable.getName() + " twice: " + values);
    }
  }

  private static void assertStrict(String yaml, String values) {
    LoadSettings strict =
        LoadSettings.builder().setAllowDuplicateKeys(false).setLabel(values).build();
    new Load(strict).loadAllFromString(yaml).forEach(document -> {});
  }

  /** The combination as nested YAML, with the minimum values of a release. */
  private static String values(Map<String, String> combination) {
    List<String> lines = new ArrayList<>(List.of("region: cn-hangzhou"));
    combination.forEach((key, value) -> lines.add("# " + key + ": " + value.replace("\n", " ")));
    Map<String, Object> tree = new LinkedHashMap<>();
    combination.forEach(
        (key, value) -> {
          if (!key.equals("monitor")) {
            put(tree, key, value);
          } else if (!value.equals("none")) {
            put(tree, value + ".enabled", "true");
          }
        });
    put(tree, "image.repository", "registry.example.com/acktask-operator");
    put(tree, "rrsa.roleName", "role");
    if (combination.get("rrsa.enabled").equals("false")) {
      put(tree, "credentials.existingSecret", "acktask-credentials");
    }
    put(tree, "replicaCount", combination.get("leaderElection.enabled").equals("true") ? "2" : "1");
    write(tree, "", lines);
    return String.join("\n", lines) + "\n";
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> tree, String path, String value) {
    Map<String, Object> parent = tree;
    String[] keys = path.split("\\.", -1);
    for (int i = 0; i < keys.length - 1; i++) {
      parent = (Map<String, Object>) parent.computeIfAbsent(keys[i], none -> new LinkedHashMap<>());
    }
    parent.put(keys[keys.length - 1], value.replace("\n", " "));
  }

  private static void write(Map<?, ?> tree, String indent, List<String> lines) {
    tree.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> map) {
            lines.add(indent + key + ":");
            write(map, indent + "  ", lines);
          } else {
            lines.add(indent + key + ": " + (value.equals("123") ? "'123'" : value));
          }
        });
  }
}
