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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** No rights to connections. */
  private static final String TASKS_ONLY = "connections: {enabled: false}";

  private final ControlPlane controlPlane;

  @TempDir Path scratch;

  RightsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldUseEveryRightAndLackNoneWhenItWatchesAllNamespaces() throws Exception {
    try (Installation installation = Installation.prepare(controlPlane, "rights")) {
      String elsewhere = controlPlane.createNamespace("rights-tasks");
      compareTasks(installation, "watchNamespaces: [], ", List.of(elsewhere));
    }
  }

  @Test
  void shouldUseEveryRightAndLackNoneWhenItWatchesTwoNamespaces() throws Exception {
    try (Installation installation = Installation.prepare(controlPlane, "rights")) {
      String first = controlPlane.createNamespace("rights-first");
      String second = controlPlane.createNamespace("rights-second");
      compareTasks(
          installation,
          "watchNamespaces: [" + first + ", " + second + "], ",
          List.of(first, second));
    }
  }

  @Test
  void shouldUseEveryRightToConnectionsWhenItWatchesAllNamespaces() {
    try (Installation installation = Installation.prepare(controlPlane, "rights")) {
      String team = controlPlane.createNamespace("rights-team");
      compareConnections(installation, team, "", "");
    }
  }

  @Test
  void shouldUseEveryRightToConnectionsWhenItWatchesOneNamespace() {
    try (Installation installation = Installation.prepare(controlPlane, "rights")) {
      String team = controlPlane.createNamespace("rights-team");
      compareConnections(
          installation, team, "watchNamespaces: [" + team + "], ", "cluster: true, ");
    }
  }

  @Test
  void shouldUseEveryRightToDiscoveriesWhenItWatchesOneNamespace() {
    try (Installation installation = Installation.prepare(controlPlane, "rights")) {
      String team = controlPlane.createNamespace("rights-team");
      compareDiscoveries(installation, team, "watchNamespaces: [" + team + "], ");
    }
  }

  @Test
  void shouldUseEveryRightToDiscoveriesWhenItWatchesAllNamespaces() {
    try (Installation installation = Installation.prepare(controlPlane, "rights")) {
      compareDiscoveries(installation, controlPlane.createNamespace("rights-team"), "");
    }
  }

  private void compareTasks(Installation installation, String values, List<String> namespaces)
      throws Exception {
    // given
    String all = installation.values(values + TASKS_ONLY);
    List<Right> granted = granted(installation, all);
    installation.release().install(Chart.ours().folder(), all);
    OperatorProcess operator = installation.replica("operator").start();
    String user = installation.user();

    AuditLog log = new AuditLog(controlPlane.auditLog());

    // when
    for (String namespace : namespaces) {
      doEverything(installation, operator, namespace);
      new GateUse(controlPlane, namespace).run(log, user);
    }
    assertEquals(0, operator.terminate());
    installation.release().uninstall();

    // then
    Set<Right> refused = new HashSet<>(log.refused(user));
    refused.removeIf(RightsIT::isOptional); // it goes on without them
    assertEquals(Set.of(), refused, "missing");
    assertUsed(log.uses(user), granted, granted);
    assertTrue(granted.size() >= 9, granted::toString);
  }

  /** Compares what the values for connections add to the rights, and what the team grants. */
  private void compareConnections(
      Installation installation, String team, String values, String cluster) {
    // given
    ConnectionUse use = new ConnectionUse(controlPlane, installation, team);
    String own = ConnectionUse.sharedSecret(team);
    String all =
        installation.values(
            values + "connections: {%ssecrets: {own: [%s]}}".formatted(cluster, own));
    List<Right> granted = new ArrayList<>(granted(installation, all));
    granted.addAll(use.grantedByTheTeam());
    List<Right> added = new ArrayList<>(granted);
    added.removeAll(granted(installation, installation.values(values + TASKS_ONLY)));
    installation.release().install(Chart.ours().folder(), all);
    OperatorProcess operator = installation.replica("operator").start();
    String user = installation.user();
    AuditLog log = new AuditLog(controlPlane.auditLog());

    // when
    try {
      use.run();
      use.provokeConflicts(log);
      assertEquals(0, operator.terminate());
    } finally {
      // the operators of other tests would use them
      controlPlane.kubectl("delete", "clusterackconnections", "--all").orThrow();
      installation.release().uninstall();
    }

    // then
    Set<Right> refused = new HashSet<>(log.refused(user));
    refused.removeIf(right -> right.resource().endsWith("discoveries")); // not granted here
    assertEquals(Set.of(), refused, "missing");
    assertUsed(log.uses(user), granted, added);
    assertTrue(added.size() >= 10, added::toString);
  }

  /** Compares what the value for discoveries adds to the rights. */
  private void compareDiscoveries(Installation installation, String team, String values) {
    // given
    // an operator of all namespaces would follow those of other tests, which create the AckTask
    // first
    controlPlane.kubectl("delete", "acktaskdiscoveries", "--all", "--all-namespaces").orThrow();
    DiscoveryUse use = new DiscoveryUse(controlPlane, installation, team);
    String all = installation.values(values + TASKS_ONLY + ", discovery: {enabled: true}");
    List<Right> granted = granted(installation, all);
    List<Right> added = new ArrayList<>(granted);
    added.removeAll(granted(installation, installation.values(values + TASKS_ONLY)));
    installation.release().install(Chart.ours().folder(), all);
    OperatorProcess operator = installation.replica("operator").start();
    String user = installation.user();
    AuditLog log = new AuditLog(controlPlane.auditLog());

    // when
    use.run();
    use.provokeConflict(log);
    assertEquals(0, operator.terminate());
    installation.release().uninstall();

    // then
    Set<Right> refused = new HashSet<>(log.refused(user));
    refused.removeIf(RightsIT::isOptional);
    assertEquals(Set.of(), refused, "missing");
    Set<Right> used = new HashSet<>(log.uses(user));
    // every user may review the own rights
    used.removeIf(right -> right.resource().endsWith("/selfsubjectaccessreviews"));
    assertUsed(used, granted, added);
    assertTrue(added.size() >= 6, added::toString);
  }

  private static boolean isOptional(Right right) {
    return right.resource().endsWith("connections") || right.resource().endsWith("discoveries");
  }

  private static void assertUsed(Set<Right> used, List<Right> granted, List<Right> expected) {
    assertEquals(
        List.of(),
        used.stream().filter(use -> granted.stream().noneMatch(r -> r.covers(use))).toList(),
        "used without a rule of the chart or the team");
    assertEquals(
        List.of(),
        expected.stream().filter(right -> used.stream().noneMatch(right::covers)).toList(),
        "granted and never used");
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
  private static List<Right> granted(Installation installation, String values) {
    Rendered rendered =
        Chart.ours().render(installation.release().name(), installation.namespace(), values);
    Set<String> everywhere =
        rendered.all(ClusterRoleBinding.class).stream()
            .map(binding -> binding.getRoleRef().getName())
            .collect(Collectors.toSet());
    return Stream.concat(
            rendered.all(ClusterRole.class).stream()
                .filter(role -> everywhere.contains(role.getMetadata().getName()))
                .flatMap(role -> Right.of(role.getRules(), "")),
            rendered.all(Role.class).stream()
                .flatMap(role -> Right.of(role.getRules(), role.getMetadata().getNamespace())))
        .toList();
  }
}
