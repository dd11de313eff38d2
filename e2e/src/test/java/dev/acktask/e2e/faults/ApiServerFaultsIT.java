package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.Rig;
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
import org.junit.jupiter.api.Test;

/** Catalogue B4: the Kubernetes API fails, and everything is as it should be once it is back. */
@OnControlPlane
class ApiServerFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration FROZEN = Duration.ofSeconds(15);
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /** Enough to give up one request, and not for every connection to be given up by the system. */
  private static final Duration ONE_TIMEOUT = Duration.ofMinutes(1);

  /** A watchdog that looks often, and so gives up on a watch after ten seconds. */
  private static final Map<String, String> WATCHFUL = Map.of("ACKTASK_LIVENESS_INTERVAL", "5s");

  private final ControlPlane controlPlane;

  ApiServerFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void f71ShouldLandTheVerdictWhenTheRoleIsTakenAwayAndGivenBack() {
    try (Rig rig = follow("rbac")) {
      // given
      controlPlane.kubectl("delete", "clusterrolebinding", "acktask-operator").orThrow();
      try {
        // when
        rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        await().atMost(SOON).until(() -> rig.operator().output().contains("RbacDenied"));
        assertEquals("Running", phase(rig, "task"));
      } finally {
        applyRbac();
      }
      rig.recorder().calm();

      // then
      awaitPhase(rig, "task", "Failed");
      awaitNewObject(rig);
    }
  }

  @Test
  void f71ShouldRecoverWhenTheRoleIsGoneWhileTheWatchIsOpenedAgain() {
    try (Rig rig = follow("rbac-watch")) {
      // given
      controlPlane.kubectl("delete", "clusterrolebinding", "acktask-operator").orThrow();
      try {
        controlPlane.apiServer().kill();
        controlPlane.apiServer().start();
        rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        await()
            .atMost(SOON)
            .until(
                () -> !rig.operator().isAlive() || rig.operator().output().contains("RbacDenied"));
      } finally {
        controlPlane.heal();
        applyRbac();
      }

      // when
      rig.recorder().calm();

      // then
      awaitPhase(rig, "task", "Failed");
      awaitNewObject(rig);
    }
  }

  @Test
  void f72ShouldSeeEverythingWhenTheWatchIsBrokenEverySecond() {
    try (TcpProxy proxy = new TcpProxy(controlPlane.server());
        Rig rig = Rig.prepare(controlPlane, "broken-watch")) {
      // given
      rig.recorder()
          .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(RECOVERY).withExtra(10));
      rig.replica("operator", through(proxy), WATCHFUL).start();
      rig.cloud().answers("T-1", Answers.running("T-1"));
      rig.tasks().create("task", "T-1");
      awaitPhase(rig, "task", "Running");

      // when
      for (int i = 0; i < 10; i++) {
        String taskId = "T-new-" + i;
        rig.cloud().answers(taskId, Answers.success(taskId));
        await().atMost(SOON).until(() -> proxy.breakAll() > 0);
        rig.tasks().create("new-" + i, taskId);
        int calls = rig.cloud().callCount("T-1");
        await().atMost(SOON).until(() -> rig.cloud().callCount("T-1") > calls);
      }
      rig.recorder().calm();

      // then
      for (int i = 0; i < 10; i++) {
        awaitPhase(rig, "new-" + i, "Succeeded");
      }
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      awaitPhase(rig, "task", "Failed");
    }
  }

  @Test
  void f72ShouldCatchUpWhenTheApiServerWasOutOfReach() {
    try (TcpProxy proxy = new TcpProxy(controlPlane.server());
        Rig rig = Rig.prepare(controlPlane, "unreachable")) {
      // given
      rig.recorder()
          .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(RECOVERY).withExtra(10));
      rig.replica("operator", through(proxy), Map.of()).start();
      rig.cloud().answers("T-1", Answers.running("T-1"));
      rig.tasks().create("task", "T-1");
      awaitPhase(rig, "task", "Running");

      // when
      proxy.refuse();
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      int calls = rig.cloud().callCount("T-1");
      await().atMost(SOON).until(() -> rig.cloud().callCount("T-1") > calls);
      await().atMost(SOON).until(() -> rig.operator().output().contains("did not answer"));
      proxy.admit();
      rig.recorder().calm();

      // then
      awaitPhase(rig, "task", "Failed");
      awaitNewObject(rig);
    }
  }

  @Test
  void f72ShouldWriteTheVerdictAndSeeTheNewObjectWhenAllConnectionsDieWithoutAWord() {
    try (TcpProxy proxy = new TcpProxy(controlPlane.server());
        Rig rig = Rig.prepare(controlPlane, "black-hole")) {
      // given
      rig.recorder()
          .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(RECOVERY).withExtra(5));
      rig.replica("operator", through(proxy), WATCHFUL).start();
      rig.cloud().answers("T-1", Answers.running("T-1"));
      rig.tasks().create("task", "T-1");
      awaitPhase(rig, "task", "Running");

      // when
      int silent = proxy.silence();
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      rig.recorder().calm();

      // then
      assertTrue(silent > 0);
      awaitPhase(rig, "task", "Failed", ONE_TIMEOUT);
      awaitNewObject(rig);
    }
  }

  @Test
  void f73ShouldSeeTheNewObjectWhenHistoryIsCompactedWhileTheOperatorWasFrozen() {
    try (Rig rig = follow("gone", WATCHFUL)) {
      // given
      rig.cloud().answers("T-old", Answers.success("T-old"));
      rig.tasks().create("swapped", "T-old");
      rig.tasks().create("deleted", "T-old");
      awaitPhase(rig, "swapped", "Succeeded");
      awaitPhase(rig, "deleted", "Succeeded");
      rig.operator().freeze();

      // when
      rig.tasks().delete("deleted");
      rig.tasks().delete("swapped");
      rig.cloud().answers("T-new", Answers.running("T-new"));
      rig.tasks().create("swapped", "T-new");
      compact();
      controlPlane.apiServer().kill();
      controlPlane.heal();
      rig.operator().thaw();
      rig.recorder().calm();

      // then
      awaitPhase(rig, "swapped", "Running");
      assertEquals("T-new", rig.tasks().get("swapped").get("status", "taskId"));
      assertEquals(1 + 1, rig.cloud().callCount("T-old"));
      awaitNewObject(rig);
    }
  }

  @Test
  void f75ShouldConvergeWhenTheApiServerIsKilledAndStarted() {
    try (Rig rig = follow("apiserver")) {
      // given
      rig.cloud().answers("T-done", Answers.success("T-done"));
      rig.tasks().create("done", "T-done");
      awaitPhase(rig, "done", "Succeeded");
      String version = rig.tasks().get("done").getMetadata().getResourceVersion();

      // when
      controlPlane.apiServer().kill();
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      int calls = rig.cloud().callCount("T-1");
      await().atMost(SOON).until(() -> rig.cloud().callCount("T-1") > calls);
      controlPlane.heal();
      rig.recorder().calm();

      // then
      awaitPhase(rig, "task", "Failed");
      awaitNewObject(rig);
      assertEquals(1, rig.cloud().callCount("T-done"));
      assertEquals(version, rig.tasks().get("done").getMetadata().getResourceVersion());
    }
  }

  @Test
  void f75ShouldConvergeWhenEtcdIsKilledAndStarted() {
    try (Rig rig = follow("etcd-killed")) {
      // when
      controlPlane.etcd().kill();
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      int calls = rig.cloud().callCount("T-1");
      await().atMost(SOON).until(() -> rig.cloud().callCount("T-1") > calls);
      controlPlane.heal();
      rig.recorder().calm();

      // then
      awaitPhase(rig, "task", "Failed");
      awaitNewObject(rig);
    }
  }

  @Test
  void f75ShouldConvergeWhenEtcdIsFrozenLongerThanARequestLasts() {
    try (Rig rig = follow("etcd-frozen")) {
      // when
      controlPlane.etcd().freeze();
      long frozen = System.nanoTime();
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      await()
          .pollDelay(FROZEN)
          .atMost(FROZEN.plusSeconds(10))
          .until(() -> System.nanoTime() - frozen > FROZEN.toNanos());
      controlPlane.etcd().thaw();
      controlPlane.heal();
      rig.recorder().calm();

      // then
      awaitPhase(rig, "task", "Failed");
      awaitNewObject(rig);
    }
  }

  /** A running task, and time to recover in: the operator tries again ever more slowly. */
  private Rig follow(String prefix) {
    return follow(prefix, Map.of());
  }

  private Rig follow(String prefix, Map<String, String> settings) {
    Rig rig = Rig.prepare(controlPlane, prefix, settings);
    rig.replica("operator").start();
    rig.recorder()
        .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(RECOVERY).withExtra(3));
    rig.cloud().answers("T-1", Answers.running("T-1"));
    rig.tasks().create("task", "T-1");
    awaitPhase(rig, "task", "Running");
    return rig;
  }

  private Path through(TcpProxy proxy) {
    return controlPlane.kubeconfigFor(
        Rig.OPERATOR_NAMESPACE, Rig.OPERATOR_ACCOUNT, proxy.address());
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

  /** The watch is alive: an object that is created now is seen. */
  private static void awaitNewObject(Rig rig) {
    rig.cloud().answers("T-after", Answers.success("T-after"));
    rig.tasks().create("after", "T-after");
    awaitPhase(rig, "after", "Succeeded");
  }

  private static String phase(Rig rig, String name) {
    return rig.tasks().get(name).get("status", "phase");
  }

  /** An operator that ends to be started again, as a kubelet would, has recovered as well. */
  private static void awaitPhase(Rig rig, String name, String phase) {
    awaitPhase(rig, name, phase, RECOVERY);
  }

  private static void awaitPhase(Rig rig, String name, String phase, Duration atMost) {
    await()
        .atMost(atMost)
        .until(
            () -> {
              if (!rig.operator().isAlive()) {
                rig.operator().start();
              }
              return phase.equals(phase(rig, name));
            });
  }
}
