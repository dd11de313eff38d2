package dev.acktask.e2e.install;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.chart.Chart;
import dev.acktask.e2e.chart.Rendered;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.life.Ageing;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorProcess;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rights of the chart are exactly those that the operator uses, rule by rule, according to the
 * audit log of a run that covers everything that the operator does.
 */
@OnControlPlane
class RightsIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** No roles for users, which the operator does not use, and no rights to connections. */
  private static final String TASKS_ONLY =
      ", rbac: {aggregateToView: false, aggregateToEdit: false}, connections: {enabled: false}";

  private final ControlPlane controlPlane;

  @TempDir Path scratch;

  RightsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldUseEveryRightAndLackNoneWhenItWatchesAllNamespaces() throws Exception {
    try (Installation installation = Installation.prepare(controlPlane, "rights")) {
      String elsewhere = controlPlane.createNamespace("rights-tasks");
      compare(installation, "watchNamespaces: []", List.of(elsewhere));
    }
  }

  @Test
  void shouldUseEveryRightAndLackNoneWhenItWatchesTwoNamespaces() throws Exception {
    try (Installation installation = Installation.prepare(controlPlane, "rights")) {
      String first = controlPlane.createNamespace("rights-first");
      String second = controlPlane.createNamespace("rights-second");
      compare(
          installation, "watchNamespaces: [" + first + ", " + second + "]", List.of(first, second));
    }
  }

  private void compare(Installation installation, String values, List<String> namespaces)
      throws Exception {
    // given
    String all = installation.values(values + TASKS_ONLY);
    Rendered rendered =
        Chart.ours().render(installation.release().name(), installation.namespace(), all);
    List<Right> granted = granted(rendered);
    installation.release().install(Chart.ours().folder(), all);
    OperatorProcess operator = installation.replica("operator").start();

    String user = installation.user();

    // when
    for (String namespace : namespaces) {
      doEverything(installation, operator, namespace);
    }
    assertEquals(0, operator.terminate());
    installation.release().uninstall();

    // then
    AuditLog log = new AuditLog(controlPlane.auditLog());
    Set<Right> used = log.uses(user);
    Set<Right> refused = new HashSet<>(log.refused(user));
    refused.removeIf(use -> use.resource().endsWith("connections")); // it goes on without them
    assertEquals(Set.of(), refused, "missing");
    assertEquals(
        List.of(),
        used.stream().filter(use -> granted.stream().noneMatch(r -> r.covers(use))).toList(),
        "used without a rule of the chart");
    assertEquals(
        List.of(),
        granted.stream().filter(right -> used.stream().noneMatch(right::covers)).toList(),
        "granted and never used");
    assertTrue(granted.size() >= 9, granted::toString);
  }

  private void doEverything(Installation installation, OperatorProcess operator, String namespace)
      throws Exception {
    AckTasks tasks = installation.tasks(namespace);
    String id = "T-" + namespace;
    installation.cloud().answers(id, Answers.success(id));
    tasks.create("refreshed", id);
    installation.awaitPhase(tasks, "refreshed", "Succeeded");
    tasks.requestRefresh("refreshed", "1"); // the cache has no details: the object is read first
    await()
        .atMost(SOON)
        .until(() -> "1".equals(tasks.get("refreshed").get("status", "lastHandledRefreshAt")));

    installation.cloud().answers(id + "-old", Answers.failed(id + "-old", "X", "x"));
    tasks.create("expiring", id + "-old");
    installation.awaitPhase(tasks, "expiring", "Failed");
    operator.kill();
    tasks.patchSpec("expiring", Map.of("ttlSecondsAfterFinished", 3600));
    Ageing.byTwoHours(controlPlane, namespace, "expiring", scratch);
    operator.start();
    await().atMost(SOON).until(() -> tasks.find("expiring").isEmpty());
  }

  /** The rights that the bindings of a release grant to its ServiceAccount. */
  private static List<Right> granted(Rendered rendered) {
    boolean everywhere = !rendered.all(ClusterRoleBinding.class).isEmpty();
    return Stream.concat(
            rendered.all(ClusterRole.class).stream()
                .filter(role -> everywhere)
                .flatMap(role -> Right.of(role.getRules(), "")),
            rendered.all(Role.class).stream()
                .flatMap(role -> Right.of(role.getRules(), role.getMetadata().getNamespace())))
        .toList();
  }
}
