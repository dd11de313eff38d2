package dev.acktask.e2e.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which connection an AckTask uses, and what becomes of it when the connection changes. */
@OnControlPlane
class ConnectionsIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final ControlPlane controlPlane;
  private Teams teams;

  ConnectionsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeEach
  void start() {
    teams = Teams.start(controlPlane, "conn");
  }

  @AfterEach
  void close() {
    teams.close();
  }

  @Test
  void shouldReadTheSameTaskIdFromTheAccountOfEachTeam() {
    // given
    teams.region(Teams.ACCOUNT_A).answers("T-1", Answers.success("T-1"));
    teams
        .simulated(Teams.ACCOUNT_B)
        .region(Teams.OTHER_REGION)
        .answers("T-1", Answers.failed("T-1", "Broken", "It broke."));
    teams.fixture().cloud().answers("T-1", Answers.running("T-1"));
    teams.putKey(teams.tasks(), Teams.ACCOUNT_A);
    teams.putKey(teams.others(), Teams.ACCOUNT_B);
    teams.putConnection(teams.tasks(), "prod");
    teams.putConnection(teams.others(), "prod");

    // when
    teams.create(teams.tasks(), "task", "T-1", "prod");
    teams.create(teams.others(), "task", "T-1", "prod");
    teams.tasks().create("built-in", "T-1");

    // then
    teams.tasks().awaitPhase("task", "Succeeded", SOON);
    teams.others().awaitPhase("task", "Failed", SOON);
    teams.tasks().awaitPhase("built-in", "Running", SOON);
    assertEquals(
        "{kind=AckConnection, name=prod, namespace=%s, regionId=cn-beijing}"
            .formatted(teams.tasks().namespace()),
        UsedConnection.of(teams.tasks(), "task"));
    assertEquals(
        "{kind=BuiltIn, regionId=cn-hangzhou}", UsedConnection.of(teams.tasks(), "built-in"));
  }

  @Test
  void shouldKeepTheVerdictAndSaySoWhenTheConnectionIsDeleted() {
    // given
    teams.region(Teams.ACCOUNT_A).answers("T-1", Answers.running("T-1"));
    teams.region(Teams.ACCOUNT_A).answers("T-2", Answers.success("T-2"));
    teams.putKey(teams.tasks(), Teams.ACCOUNT_A);
    teams.putConnection(teams.tasks(), "prod");
    teams.create(teams.tasks(), "running", "T-1", "prod");
    teams.create(teams.tasks(), "finished", "T-2", "prod");
    teams.tasks().awaitPhase("running", "Running", SOON);
    teams.tasks().awaitPhase("finished", "Succeeded", SOON);

    // when
    teams.fixture().kubectl("delete", "ackconnection", "prod").orThrow();

    // then
    String message = Synced.await(teams.tasks(), "running", "ConnectionNotFound").message();
    assertTrue(
        message.contains("There is no AckConnection " + teams.tasks().namespace() + "/prod."),
        message);
    assertEquals("Running", teams.tasks().phase("running"));
    assertEquals("Succeeded", teams.tasks().phase("finished"));

    // when: recreated for another account
    teams.region(Teams.ACCOUNT_B).answers("T-1", Answers.failed("T-1", "Broken", "It broke."));
    teams.putKey(teams.tasks(), Teams.ACCOUNT_B);
    teams.putConnection(teams.tasks(), "prod");

    // then
    teams.tasks().awaitPhase("running", "Failed", SOON);
    assertEquals("Succeeded", teams.tasks().phase("finished"));
  }
}
