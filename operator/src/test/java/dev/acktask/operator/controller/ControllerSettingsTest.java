package dev.acktask.operator.controller;

import static dev.acktask.operator.controller.RunningController.TIMEOUT;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.health.Health;
import dev.acktask.operator.health.ResourceVersionLister;
import dev.acktask.operator.kubernetes.FencedApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The controller in the real framework, with a mock API server. */
final class ControllerSettingsTest {
  private final FencedApiServer server = new FencedApiServer();
  private final KubernetesClient client = server.client();
  private final RunningController controller = new RunningController(client);

  @BeforeEach
  void start() {
    controller.start();
  }

  @AfterEach
  void stop() {
    controller.close();
    server.close();
  }

  /** Listing 60,000 objects takes half a minute with two processors. */
  @Test
  void shouldAllowTenMinutesForTheFirstList() {
    Duration timeout = controller.cacheSyncTimeout();
    assertTrue(timeout.compareTo(Duration.ofMinutes(10)) >= 0, timeout.toString());
  }

  @Test
  void shouldMirrorATaskUntilItFinishes() {
    controller.create("a", "T-a");
    controller.awaitPhase("a", Phase.RUNNING);
    controller.states.put("T-a", "success");
    controller.awaitPhase("a", Phase.SUCCEEDED);
  }

  @Test
  void shouldEmitAnEventOncePerTransition() {
    // given
    controller.states.put("T-a", "failed");
    controller.create("a", "T-a");
    controller.awaitPhase("a", Phase.FAILED);
    await().atMost(TIMEOUT).until(() -> !events().isEmpty());

    // when
    controller.restart();

    // then
    assertEquals(List.of("TaskFailed"), events());
    assertEquals(List.of("TaskFailed"), controller.metrics.events);
    assertEquals(List.of("TaskFailed"), controller.finished);
  }

  @Test
  void shouldMakeNoCallForAFinishedTaskAfterARestart() {
    // given
    controller.states.put("T-a", "success");
    controller.create("a", "T-a");
    controller.awaitPhase("a", Phase.SUCCEEDED);
    String version = controller.task("a").getMetadata().getResourceVersion();

    // when
    controller.restart();
    controller.create("b", "T-b");
    controller.awaitPhase("b", Phase.RUNNING);
    controller.awaitMoreCallsThan(5, "T-b");

    // then
    assertEquals(1, controller.calls("T-a"));
    assertEquals(version, controller.task("a").getMetadata().getResourceVersion());
  }

  @Test
  @Tag("F86")
  void shouldReconcileAnObjectAgainAfterAnError() {
    controller.states.put("T-a", "throw");
    controller.create("a", "T-a");
    controller.awaitMoreCallsThan(0, "T-a");
    controller.states.put("T-a", "failed");
    controller.awaitPhase("a", Phase.FAILED);
    assertTrue(controller.metrics.failures.get() > 0, "a failed reconcile is not reported");
  }

  @Test
  @Tag("F60")
  void shouldTolerateObjectsOfAnotherVersion() {
    String odd =
        """
        apiVersion: acktask.dev/v1alpha1
        kind: AckTask
        metadata: {name: odd, namespace: test}
        spec: {taskId: T-odd, fromTheFuture: {a: [1]}, include: [Everything], successPolicy: Lenient}
        status: {phase: Dreaming, fromTheFuture: 1, conditions: [{type: New, status: "True", reason: X,
          message: m, lastTransitionTime: "2026-01-01T00:00:00Z", extra: 1}]}
        """;
    client.resource(odd).create();
    controller.create("a", "T-a");
    controller.awaitPhase("a", Phase.RUNNING);
    controller.awaitPhase("odd", Phase.RUNNING);
    assertEquals(0, controller.exits.get());
  }

  @Test
  @Tag("F55")
  void shouldNotRecreateADeletedObject() {
    // given
    controller.create("a", "T-a");
    controller.awaitPhase("a", Phase.RUNNING);

    // when
    client.resource(controller.task("a")).delete();
    int before = controller.calls("T-a");
    controller.create("b", "T-b");
    controller.awaitMoreCallsThan(10, "T-b");

    // then
    assertTrue(controller.calls("T-a") <= before + 2, "polled after its deletion");
    assertEquals(null, controller.task("a"));
  }

  @Test
  @Tag("F92")
  void shouldKnowTheSameVersionsAsTheApiServer() {
    // given
    ResourceVersionLister onServer =
        new ResourceVersionLister(client, AckTask.class, List.of(), "", TIMEOUT);
    controller.create("a", "T-a");
    controller.create("b", "T-b");
    controller.awaitPhase("a", Phase.RUNNING);
    controller.awaitPhase("b", Phase.RUNNING);

    // when
    client.resource(controller.task("b")).delete();

    // then
    assertEquals(Set.of(controller.uid("a")), versions(onServer).keySet());
    await()
        .atMost(TIMEOUT)
        .until(() -> versions(onServer).equals(controller.knownVersions(Set.of())));
  }

  /** Of all namespaces together. */
  private static Map<String, String> versions(ResourceVersionLister onServer) {
    Map<String, String> versions = new HashMap<>();
    onServer.read(() -> {}).versions().values().forEach(versions::putAll);
    return versions;
  }

  @Test
  @Tag("F92")
  void shouldReportAPollThatDoesNotEnd() {
    controller.states.put("T-a", "hang");
    controller.create("a", "T-a");
    controller.awaitMoreCallsThan(0, "T-a");
    assertInstanceOf(Health.Alive.class, controller.health());
    controller.pass(Duration.ofSeconds(90));
    assertInstanceOf(Health.Dead.class, controller.health());
  }

  @Test
  @Tag("F92")
  void shouldReportAPollerThatHasStopped() {
    controller.create("a", "T-a");
    controller.awaitPhase("a", Phase.RUNNING);
    controller.stop();
    controller.pass(Duration.ofSeconds(90));
    assertInstanceOf(Health.Dead.class, controller.health());
  }

  @Test
  @Tag("F71")
  void shouldWatchAnAddedNamespaceAndKeepTheOthers() {
    // given: an operator that watches another namespace only
    controller.stop();
    controller.create("before", "T-before");
    controller.start("elsewhere");
    controller.createIn("elsewhere", "a", "T-a");
    controller.awaitMoreCallsThan(0, "T-a");

    // when
    controller.watch(Set.of("elsewhere", "test"));

    // then
    controller.awaitPhase("before", Phase.RUNNING);
    controller.create("after", "T-after");
    controller.awaitPhase("after", Phase.RUNNING);
    controller.awaitMoreCallsThan(controller.calls("T-a") + 3, "T-a");
    assertEquals(0, controller.exits.get());
  }

  @Test
  void shouldKnowOnlyTheSelectedObjectsAlsoOfAnAddedNamespace() {
    // given
    controller.stop();
    controller.startSelecting("acktask.dev/shard=a", "elsewhere");
    controller.createIn("test", "other", "T-other");
    AckTask ours = AckTasks.submitted().namespace("test").name("ours").taskId("T-ours").build();
    ours.getMetadata().setLabels(Map.of("acktask.dev/shard", "a"));
    client.resource(ours).create();

    // when
    controller.watch(Set.of("elsewhere", "test"));
    controller.awaitPhase("ours", Phase.RUNNING);

    // then
    assertEquals(Set.of(controller.uid("ours")), controller.knownVersions(Set.of()).keySet());
    assertEquals(0, controller.calls("T-other"));
  }

  @Test
  @Tag("F71")
  void shouldOmitTheObjectsOfANamespaceThatCannotBeListed() {
    controller.create("a", "T-a");
    controller.createIn("elsewhere", "b", "T-b");
    await().atMost(TIMEOUT).until(() -> controller.knownVersions(Set.of()).size() == 2);
    assertEquals(
        Set.of(controller.uid("a")), controller.knownVersions(Set.of("elsewhere")).keySet());
  }

  @Test
  void shouldFindCachedObjects() {
    // given
    controller.states.put("T-b", "success");
    controller.create("a", "T-a");
    controller.create("b", "T-b");
    controller.createIn("elsewhere", "c", "T-c");
    controller.awaitPhase("a", Phase.RUNNING);
    controller.awaitPhase("b", Phase.SUCCEEDED);
    String clusterId = controller.task("a").getStatus().clusterId();

    // when
    ControllerSettings cache = controller.settings();
    await().atMost(TIMEOUT).until(() -> cache.unfinished("test", clusterId).size() == 1);

    // then
    assertEquals("a", cache.unfinished("test", clusterId).getFirst().getMetadata().getName());
    assertEquals("T-a", cache.find("test", "a").orElseThrow().getSpec().taskId());
    assertEquals(2, cache.in("test").size());
    assertTrue(cache.find("test", "c").isEmpty());
  }

  @Test
  void shouldPassOnChangesAlsoAfterAFailureOfTheListener() {
    // given
    List<String> phases = new CopyOnWriteArrayList<>();
    controller
        .settings()
        .onChange(
            versions -> {
              AckTask last = versions.getLast();
              assertTrue(controller.settings().find("test", "a").isPresent(), "not cached yet");
              phases.add(last.getStatus() == null ? "" : "" + last.getStatus().phase());
              throw new StackOverflowError();
            });

    // when
    controller.create("a", "T-a");
    controller.awaitPhase("a", Phase.RUNNING);
    controller.states.put("T-a", "success");

    // then
    controller.awaitPhase("a", Phase.SUCCEEDED);
    await().atMost(TIMEOUT).until(() -> phases.getLast().equals("SUCCEEDED"));
  }

  private List<String> events() {
    return client.events().v1().events().inNamespace("test").list().getItems().stream()
        .map(event -> event.getReason())
        .toList();
  }
}
