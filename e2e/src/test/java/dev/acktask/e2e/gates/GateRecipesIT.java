package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.chart.HelmCli;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.Kubectl;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.examples.Manifests;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.OperatorFixture;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of gates for kubectl, a Job and Helm, with the cluster ids of each test. */
@OnControlPlane
@WithHelm
class GateRecipesIT {
  private static final Path FOLDER = Manifests.EXAMPLES.resolve("10-gates");
  private static final String EXAMPLE_CLUSTER = "c00000000000000000000000000000001";

  /** The list of the clusters, one for each test. */
  private static final List<String> CLUSTERS =
      List.of(
          EXAMPLE_CLUSTER,
          "c00000000000000000000000000000002",
          "c00000000000000000000000000000003");

  private static Gates gates;
  private static HelmCli helm;
  @TempDir private static Path scratch;

  @BeforeAll
  static void start(ControlPlane controlPlane, HelmCli provided) throws IOException {
    helm = provided;
    gates = Gates.start(controlPlane, "recipes");
    gates
        .fixture()
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                .withExtra(10)
                .withReaction(Gates.SOON));
    for (Map.Entry<String, String> file :
        SourceTree.ofRepository("examples/10-gates").files().entrySet()) {
      Path moved = scratch.resolve(file.getKey());
      Files.createDirectories(moved.getParent());
      Files.writeString(
          moved, file.getValue().replace("namespace: shop", "namespace: " + namespace()));
    }
    Path discovery = scratch.resolve("examples/10-gates/discovery.yaml");
    Files.writeString(
        discovery,
        Files.readString(discovery).replace(EXAMPLE_CLUSTER, String.join(", ", CLUSTERS)));
    gates.fixture().kubectl("apply", "-f", discovery.toString()).orThrow();
  }

  @AfterAll
  static void close() {
    if (gates != null) {
      gates.close();
    }
  }

  @Test
  void shouldRunTheLinesOfTheReadmeAndTheJob() throws Exception {
    // given
    List<PoolUpgrade> pools = upgrade(CLUSTERS.get(0));
    ControlPlane controlPlane = gates.fixture().controlPlane();
    Kubectl kubectl = controlPlane.kubectlAs(controlPlane.adminKubeconfig());
    Path script = Files.writeString(scratch.resolve("lines.sh"), linesOfTheReadme());
    FutureTask<CommandResult> lines = begin(() -> kubectl.runScript(script));
    await().atMost(Gates.SOON).until(() -> isWaitingFor("pools-1-34", "Unknown/TasksRunning"));
    assertFalse(lines.isDone());

    // when
    pools.forEach(PoolUpgrade::succeed);
    CommandResult result = lines.get(3, TimeUnit.MINUTES);

    // then
    assertEquals(0, result.exitCode(), result::toString);
    assertTrue(result.stdout().contains("configmap/after-gates created"), result::toString);
    assertEquals("True/AllSucceeded", gates.verdict("pools-1-34"));

    // when: the Job finds both gates open
    gates
        .fixture()
        .kubectl("apply", "-f", scratch.resolve("examples/10-gates/rbac.yaml").toString())
        .orThrow();
    Kubectl waiter = controlPlane.kubectlAs(controlPlane.kubeconfigFor(namespace(), "gate-waiter"));

    // then
    for (List<String> command : commandsOfTheJob()) {
      CommandResult step = waiter.run(inNamespace(command));
      assertEquals(0, step.exitCode(), step::toString);
    }
  }

  @Test
  void shouldReturnFromHelmOnceBothGatesAreOpen() throws Exception {
    // given
    List<PoolUpgrade> pools = upgrade(CLUSTERS.get(1));
    FutureTask<CommandResult> release = begin(() -> install("opens", CLUSTERS.get(1)));
    await().atMost(Gates.SOON).until(() -> hasGates("opens", 2));

    // when
    pools.subList(0, 4).forEach(PoolUpgrade::succeed);
    await().atMost(Gates.SOON).until(() -> done("opens").contains("4/5"));
    assertFalse(release.isDone());
    pools.get(4).succeed();
    CommandResult result = release.get(3, TimeUnit.MINUTES);

    // then
    assertEquals(0, result.exitCode(), result::toString);
    assertEquals(List.of("1/1", "5/5"), done("opens"));
  }

  /** Helm reports a failed object only when it waits for no other. */
  @Test
  void shouldFailInHelmOnceTheOtherPoolsHaveEnded() throws Exception {
    // given
    List<PoolUpgrade> pools = upgrade(CLUSTERS.get(2));
    FutureTask<CommandResult> release = begin(() -> install("fails", CLUSTERS.get(2)));
    await().atMost(Gates.SOON).until(() -> hasGates("fails", 2));

    // when
    PoolUpgrade third = pools.remove(2);
    third.fail("ErrorUpgrade", "Node example-1 is not ready.");
    await().atMost(Gates.SOON).until(() -> phases("fails").equals(List.of("Failed", "Waiting")));
    pools.forEach(PoolUpgrade::succeed);
    CommandResult result = release.get(3, TimeUnit.MINUTES);

    // then
    assertEquals(1, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("not ready. status: Failed"), result::toString);
    assertEquals(List.of("Failed", "Succeeded"), phases("fails"));
  }

  /** Five upgrades, which have AckTasks that run. */
  private static List<PoolUpgrade> upgrade(String clusterId) {
    List<PoolUpgrade> pools = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      String taskId = "T-%s%02d".formatted(clusterId.substring(11), i);
      pools.add(PoolUpgrade.start(gates.region(), taskId, clusterId));
    }
    for (PoolUpgrade pool : pools) {
      await(pool.taskId())
          .atMost(Gates.SOON)
          .until(() -> gates.tasks().find(pool.objectName()).isPresent());
      gates.tasks().awaitPhase(pool.objectName(), "Running", Gates.SOON);
    }
    return pools;
  }

  /** The block of commands that follows the words "With kubectl". */
  private static String linesOfTheReadme() throws IOException {
    String readme = Files.readString(FOLDER.resolve("README.md"));
    String block = readme.replaceAll("(?s).*With kubectl:\n\n```sh\n(.*?)```.*", "$1");
    assertTrue(block.startsWith("kubectl apply -f examples/10-gates/"), block);
    return block
        .replace("-n shop", "-n " + namespace())
        .replace("examples/10-gates/", scratch.resolve("examples/10-gates/") + "/");
  }

  /** In the order in which a pod runs them, without the word kubectl. */
  private static List<List<String>> commandsOfTheJob() throws IOException {
    GenericKubernetesResource job = Manifests.read(FOLDER.resolve("job.yaml")).get(0);
    List<List<String>> commands = new ArrayList<>();
    for (String containers : List.of("initContainers", "containers")) {
      List<Map<String, List<String>>> all = job.get("spec", "template", "spec", containers);
      all.forEach(container -> commands.add(container.get("command")));
    }
    assertEquals(3, commands.size());
    commands.forEach(command -> assertEquals("kubectl", command.get(0)));
    return commands.stream().map(command -> command.subList(1, command.size())).toList();
  }

  /** A pod has its own namespace. */
  private static String[] inNamespace(List<String> command) {
    List<String> all = new ArrayList<>(command);
    all.add("--namespace=" + namespace());
    return all.toArray(String[]::new);
  }

  /** As in the README. */
  private static CommandResult install(String release, String clusterId) throws Exception {
    return helm.run(
        "upgrade",
        "--install",
        release,
        FOLDER.resolve("chart").toString(),
        "--namespace=" + namespace(),
        "--kubeconfig=" + gates.fixture().controlPlane().adminKubeconfig(),
        "--set-string=change=1-34",
        "--set-string=clusterId=" + clusterId,
        "--set=pools=5",
        "--wait",
        "--timeout=6h");
  }

  private static boolean hasGates(String release, int count) {
    return done(release).size() == count;
  }

  /** How much is done, for each gate of the release that the operator has observed; sorted. */
  private static List<String> done(String release) {
    return statuses(release, "done");
  }

  private static List<String> phases(String release) {
    return statuses(release, "phase");
  }

  private static List<String> statuses(String release, String field) {
    return gates
        .fixture()
        .kubectl(
            "get",
            "acktaskgates",
            "--selector=app.kubernetes.io/instance=" + release,
            "--output=jsonpath={range .items[*]}{.status." + field + "}{\"\\n\"}{end}")
        .orThrow()
        .lines()
        .filter(line -> !line.isBlank())
        .sorted()
        .toList();
  }

  private static boolean isWaitingFor(String gate, String verdict) {
    return gates.exists(gate) && verdict.equals(gates.verdict(gate));
  }

  private static <T> FutureTask<T> begin(Callable<T> command) {
    FutureTask<T> run = new FutureTask<>(command);
    Thread.ofVirtual().start(run);
    return run;
  }

  private static String namespace() {
    return gates.tasks().namespace();
  }
}
