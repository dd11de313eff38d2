package dev.acktask.e2e.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.faultinjection.FaultProxy;
import dev.acktask.e2e.faults.WatchValve;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Catalogue F92: a silent watch of connections while all other requests work. */
@OnControlPlane
class ConnectionWatchFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  private final ControlPlane controlPlane;
  private final WatchValve valve = new WatchValve("/ackconnections");
  private final FaultProxy proxy;

  ConnectionWatchFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    this.proxy = FaultProxy.of(controlPlane, valve);
  }

  @AfterEach
  void end() {
    proxy.close();
  }

  @Test
  @Tag("F92")
  void shouldExitAndMissTheDeletedConnectionAfterARestart() {
    try (Teams teams = follow()) {
      // given
      valve.shut();

      // when
      teams.fixture().kubectl("delete", "ackconnection", "prod").orThrow();
      int code = teams.operator().awaitExit(RECOVERY);
      String lastWords = teams.operator().output();
      valve.open();
      teams.operator().start();

      // then
      assertEquals(1, code);
      assertTrue(lastWords.contains("the watch is dead"), lastWords);
      assertTrue(lastWords.contains("kind=AckConnection"), lastWords);
      Synced.await(teams.tasks(), "task", "ConnectionNotFound");
      assertEquals("Running", teams.tasks().phase("task"));
    }
  }

  /** A running task of an AckConnection. */
  private Teams follow() {
    Teams teams =
        Teams.start(
            controlPlane, "silent", proxy.endpoint(), Map.of("ACKTASK_LIVENESS_INTERVAL", "5s"));
    teams
        .fixture()
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withReaction(RECOVERY).withExtra(3));
    teams.region(Teams.ACCOUNT_A).answers("T-1", Answers.running("T-1"));
    teams.putKey(teams.tasks(), Teams.ACCOUNT_A);
    teams.putConnection(teams.tasks(), "prod");
    teams.create(teams.tasks(), "task", "T-1", "prod");
    teams.tasks().awaitPhase("task", "Running", SOON);
    return teams;
  }
}
