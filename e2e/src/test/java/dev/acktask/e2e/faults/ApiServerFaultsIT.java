package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Catalogue B4: the Kubernetes API fails, and everything is as it should be once it is back. */
@OnControlPlane
class ApiServerFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration FROZEN = Duration.ofSeconds(15);
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /** Enough to give up one request, and not for every connection to be given up by the system. */
  private static final Duration ONE_TIMEOUT = Duration.ofMinutes(1);

  /** A watchdog with a short interval, which gives up on a watch after ten seconds. */
  private static final Map<String, String> WATCHFUL = Map.of("ACKTASK_LIVENESS_INTERVAL", "5s");

  private final ControlPlane controlPlane;

  ApiServerFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F71")
  void shouldLandTheVerdictWhenTheRoleIsTakenAwayAndGivenBack() {
    try (OperatorFixture fixture = follow("rbac")) {
      // given
      controlPlane.kubectl("delete", "clusterrolebinding", "acktask-operator").orThrow();
      try {
        // when
        fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        await().atMost(SOON).until(() -> fixture.operator().output().contains("RbacDenied"));
        assertEquals("Running", phase(fixture, "task"));
      } finally {
        applyRbac();
      }
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "task", "Failed");
      awaitNewObject(fixture);
    }
  }

  @Test
  @Tag("F71")
  void shouldRecoverWhenTheRoleIsGoneWhileTheWatchIsOpenedAgain() {
    try (OperatorFixture fixture = follow("rbac-watch")) {
      // given
      controlPlane.kubectl("delete", "clusterrolebinding", "acktask-operator").orThrow();
      try {
        controlPlane.apiServer().kill();
        controlPlane.apiServer().start();
        fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        await()
            .atMost(SOON)
            .until(
                () ->
                    !fixture.operator().isAlive()
                        || fixture.operator().output().contains("RbacDenied"));
      } finally {
        controlPlane.heal();
        applyRbac();
      }

      // when
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "task", "Failed");
      awaitNewObject(fixture);
    }
  }

  @Test
  @Tag("F72")
  void shouldSeeEverythingWhenTheWatchIsBrokenEverySecond() {
    try (TcpProxy proxy = new TcpProxy(controlPlane.server());
        OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "broken-watch")) {
      // given
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                  .withReaction(RECOVERY)
                  .withExtra(10));
      fixture.replica("operator", through(proxy), WATCHFUL).start();
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture, "task", "Running");

      // when
      for (int i = 0; i < 10; i++) {
        String taskId = "T-new-" + i;
        fixture.cloud().answers(taskId, Answers.success(taskId));
        await().atMost(SOON).until(() -> proxy.breakAll() > 0);
        fixture.tasks().create("new-" + i, taskId);
        int calls = fixture.cloud().callCount("T-1");
        await().atMost(SOON).until(() -> fixture.cloud().callCount("T-1") > calls);
      }
      fixture.recorder().calm();

      // then
      for (int i = 0; i < 10; i++) {
        awaitPhase(fixture, "new-" + i, "Succeeded");
      }
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      awaitPhase(fixture, "task", "Failed");
    }
  }

  @Test
  @Tag("F72")
  void shouldCatchUpWhenTheApiServerWasOutOfReach() {
    try (TcpProxy proxy = new TcpProxy(controlPlane.server());
        OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "unreachable")) {
      // given
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                  .withReaction(RECOVERY)
                  .withExtra(10));
      fixture.replica("operator", through(proxy), Map.of()).start();
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture, "task", "Running");

      // when
      proxy.refuse();
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      int calls = fixture.cloud().callCount("T-1");
      await().atMost(SOON).until(() -> fixture.cloud().callCount("T-1") > calls);
      await().atMost(SOON).until(() -> fixture.operator().output().contains("did not answer"));
      proxy.admit();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "task", "Failed");
      awaitNewObject(fixture);
    }
  }

  @Test
  @Tag("F72")
  void shouldWriteAndWatchAgainWhenAllConnectionsDieSilently() {
    try (TcpProxy proxy = new TcpProxy(controlPlane.server());
        OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "black-hole")) {
      // given
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                  .withReaction(RECOVERY)
                  .withExtra(5));
      fixture.replica("operator", through(proxy), WATCHFUL).start();
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture, "task", "Running");

      // when
      int silent = proxy.silence();
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      fixture.recorder().calm();

      // then
      assertTrue(silent > 0);
      awaitPhase(fixture, "task", "Failed", ONE_TIMEOUT);
      awaitNewObject(fixture);
    }
  }

  @Test
  @Tag("F73")
  void shouldSeeTheNewObjectWhenHistoryIsCompactedWhileTheOperatorWasFrozen() {
    try (OperatorFixture fixture = follow("gone", WATCHFUL)) {
      // given
      fixture.cloud().answers("T-old", Answers.success("T-old"));
      fixture.tasks().create("swapped", "T-old");
      fixture.tasks().create("deleted", "T-old");
      awaitPhase(fixture, "swapped", "Succeeded");
      awaitPhase(fixture, "deleted", "Succeeded");
      fixture.operator().freeze();

      // when
      fixture.tasks().delete("deleted");
      fixture.tasks().delete("swapped");
      fixture.cloud().answers("T-new", Answers.running("T-new"));
      fixture.tasks().create("swapped", "T-new");
      compact();
      controlPlane.apiServer().kill();
      controlPlane.heal();
      fixture.operator().thaw();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "swapped", "Running");
      assertEquals("T-new", fixture.tasks().get("swapped").get("status", "taskId"));
      assertEquals(1 + 1, fixture.cloud().callCount("T-old"));
      awaitNewObject(fixture);
    }
  }

  @Test
  @Tag("F75")
  void shouldConvergeWhenTheApiServerIsKilledAndStarted() {
    try (OperatorFixture fixture = follow("apiserver")) {
      // given
      fixture.cloud().answers("T-done", Answers.success("T-done"));
      fixture.tasks().create("done", "T-done");
      awaitPhase(fixture, "done", "Succeeded");
      String version = fixture.tasks().get("done").getMetadata().getResourceVersion();

      // when
      controlPlane.apiServer().kill();
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      int calls = fixture.cloud().callCount("T-1");
      await().atMost(SOON).until(() -> fixture.cloud().callCount("T-1") > calls);
      controlPlane.heal();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "task", "Failed");
      awaitNewObject(fixture);
      assertEquals(1, fixture.cloud().callCount("T-done"));
      assertEquals(version, fixture.tasks().get("done").getMetadata().getResourceVersion());
    }
  }

  @Test
  @Tag("F75")
  void shouldConvergeWhenEtcdIsKilledAndStarted() {
    try (OperatorFixture fixture = follow("etcd-killed")) {
      // when
      controlPlane.etcd().kill();
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      int calls = fixture.cloud().callCount("T-1");
      await().atMost(SOON).until(() -> fixture.cloud().callCount("T-1") > calls);
      controlPlane.heal();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "task", "Failed");
      awaitNewObject(fixture);
    }
  }

  @Test
  @Tag("F75")
  void shouldConvergeWhenEtcdIsFrozenLongerThanARequestLasts() {
    try (OperatorFixture fixture = follow("etcd-frozen")) {
      // when
      controlPlane.etcd().freeze();
      long frozen = System.nanoTime();
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      await()
          .pollDelay(FROZEN)
          .atMost(FROZEN.plusSeconds(10))
          .until(() -> System.nanoTime() - frozen > FROZEN.toNanos());
      controlPlane.etcd().thaw();
      controlPlane.heal();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "task", "Failed");
      awaitNewObject(fixture);
    }
  }

  /** A running task, and time to recover in: the operator tries again ever more slowly. */
  private OperatorFixture follow(String prefix) {
    return follow(prefix, Map.of());
  }

  private OperatorFixture follow(String prefix, Map<String, String> settings) {
    OperatorFixture fixture = OperatorFixture.prepare(controlPlane, prefix, settings);
    fixture.replica("operator").start();
    fixture
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withReaction(RECOVERY).withExtra(3));
    fixture.cloud().answers("T-1", Answers.running("T-1"));
    fixture.tasks().create("task", "T-1");
    awaitPhase(fixture, "task", "Running");
    return fixture;
  }

  private Path through(TcpProxy proxy) {
    return controlPlane.kubeconfigFor(
        OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT, proxy.address());
  }

  private void applyRbac() {
    String folder = Settings.repository().resolve("deploy").toString();
    controlPlane.kubectl("apply", "-f", folder).orThrow();
  }

  /** Forgets all old versions, so that a watch from one of them is answered with 410 Gone. */
  private void compact() {
    URI etcd = controlPlane.etcdClients();
    String revision = post(etcd.resolve("/v3/kv/put"), "{\"key\": \"L2NvbXBhY3Q=\"}");
    String now = revision.replaceAll("(?s).*\"revision\":\"(\\d+)\".*", "$1");
    post(etcd.resolve("/v3/kv/compaction"), "{\"revision\": \"" + now + "\", \"physical\": true}");
  }

  private static String post(URI address, String body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(body)).build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer::body);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The watch works: a new object is reconciled. */
  private static void awaitNewObject(OperatorFixture fixture) {
    fixture.cloud().answers("T-after", Answers.success("T-after"));
    fixture.tasks().create("after", "T-after");
    awaitPhase(fixture, "after", "Succeeded");
  }

  private static String phase(OperatorFixture fixture, String name) {
    return fixture.tasks().get(name).get("status", "phase");
  }

  /** An operator that ends to be started again, as a kubelet would, has recovered as well. */
  private static void awaitPhase(OperatorFixture fixture, String name, String phase) {
    awaitPhase(fixture, name, phase, RECOVERY);
  }

  private static void awaitPhase(
      OperatorFixture fixture, String name, String phase, Duration atMost) {
    await()
        .atMost(atMost)
        .until(
            () -> {
              if (!fixture.operator().isAlive()) {
                fixture.operator().start();
              }
              return phase.equals(phase(fixture, name));
            });
  }
}
