package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Catalogue F72: the connections to the Kubernetes API fail. */
@OnControlPlane
class ApiConnectionFaultsIT extends ApiServerFaultsTestCase {
  /** Longer than a request timeout, shorter than the TCP timeout of the system. */
  private static final Duration ONE_TIMEOUT = Duration.ofMinutes(1);

  ApiConnectionFaultsIT(ControlPlane controlPlane) {
    super(controlPlane);
  }

  @Test
  @Tag("F72")
  void shouldMissNothingWhenTheWatchIsBrokenEverySecond() {
    try (TcpProxy proxy = new TcpProxy(controlPlane.server());
        OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "broken-watch")) {
      // given
      mirrorTask(fixture, proxy, WATCHFUL, 10);

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
      mirrorTask(fixture, proxy, Map.of(), 10);

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
      mirrorTask(fixture, proxy, WATCHFUL, 5);

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

  private Path through(TcpProxy proxy) {
    return controlPlane.kubeconfigFor(
        OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT, proxy.address());
  }

  /** Starts an operator behind {@code proxy}; it mirrors the running task T-1 as {@code task}. */
  private void mirrorTask(
      OperatorFixture fixture, TcpProxy proxy, Map<String, String> settings, int extraPolls) {
    fixture
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                .withReaction(RECOVERY)
                .withExtra(extraPolls));
    fixture.replica("operator", through(proxy), settings).start();
    fixture.cloud().answers("T-1", Answers.running("T-1"));
    fixture.tasks().create("task", "T-1");
    awaitPhase(fixture, "task", "Running");
  }
}
