package dev.acktask.e2e.connections;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.requestlog.RequestRecord;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Catalogue F96, F97 and F99: what becomes of credentials within a minute or longer. All of it
 * begins at once, and each test waits for its part.
 */
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
class CredentialsOverTimeIT {
  private static final Duration LATER = Duration.ofMinutes(3);

  /** The age at which the operator reads a Secret again. */
  private static final Duration LONGEST_USE = Duration.ofSeconds(30);

  /** The shortest life of a session that the operator can renew in time. */
  private static final Duration SESSION_LIFE = Duration.ofSeconds(70);

  private static final int TASKS = 1_000;
  private static final int CALLS_PER_MINUTE = 6;

  private final ControlPlane controlPlane;
  private Teams teams;
  private Instant running = Instant.MAX;
  private Instant deleted = Instant.MAX;

  CredentialsOverTimeIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeAll
  void start() {
    teams = Teams.start(controlPlane, "over-time", Map.of());
    teams
        .fixture()
        .recorder()
        .expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(3));
    useSessions();
    deleteTheSecretInUse();
    useARefusedKey();
  }

  @AfterAll
  void close() {
    teams.close();
  }

  @Test
  @Tag("F96")
  void shouldNotCallWithADeletedKeyAfterHalfAMinute() {
    // given
    String message = Synced.await(teams.tasks(), "deleted", "CredentialsMissing").message();
    assertTrue(message.startsWith("There is no Secret named deleted in namespace"), message);

    // when
    teams.awaitPolls("T-sessions", 5);

    // then
    Instant bound = deleted.plus(LONGEST_USE).plus(OperatorFixture.POLL_INTERVAL.multipliedBy(2));
    assertEquals(
        List.of(),
        teams.fixture().cloud().served("T-deleted").stream()
            .map(RequestRecord::time)
            .filter(time -> time.isAfter(bound))
            .toList());
  }

  @Test
  @Tag("F99")
  void shouldMakeSixCallsAMinuteWhenAThousandTasksHaveARefusedKey() {
    // given
    Instant first = teams.served(Teams.ACCOUNT_B).getFirst().time();
    await().atMost(LATER).pollInterval(Duration.ofSeconds(2)).until(() -> refusedTasks() == TASKS);

    // when
    await().atMost(LATER).until(() -> Instant.now().isAfter(first.plusSeconds(60)));

    // then
    List<Instant> calls =
        teams.served(Teams.ACCOUNT_B).stream()
            .map(RequestRecord::time)
            .filter(time -> time.isBefore(first.plusSeconds(60)))
            .toList();
    assertTrue(calls.size() <= CALLS_PER_MINUTE, calls::toString);
    assertTrue(calls.size() > 1, calls::toString);
    assertEquals(List.of("CredentialsRefused"), warnings(teams.others().namespace()));
  }

  @Test
  @Tag("F97")
  void shouldRenewTheSessionOfARoleBeforeItExpires() {
    // given
    Instant issued = sessionRequests().getFirst();

    // when
    await()
        .atMost(LATER)
        .until(() -> Instant.now().isAfter(issued.plus(SESSION_LIFE).plusSeconds(1)));
    teams.awaitPolls("T-sessions", 2);

    // then
    Instant renewed = sessionRequests().get(1);
    assertTrue(renewed.isBefore(issued.plus(SESSION_LIFE)), () -> issued + ", then " + renewed);
    assertEquals(
        List.of(),
        teams.fixture().cloud().served("T-sessions").stream()
            .filter(request -> request.status() != 200)
            .toList());
    assertEquals(List.of(), Versions.ofFalseSynced(teams.fixture(), "sessions", running));
  }

  private void useSessions() {
    teams.fixture().cloud().sessionLifetime(SESSION_LIFE);
    WorkloadIdentity identity =
        new WorkloadIdentity(teams, teams.tasks(), Teams.ACCOUNT_A, "task-reader").create();
    teams.rights(teams.tasks()).grantTokens("task-reader");
    teams.region(Teams.ACCOUNT_A).answers("T-sessions", Answers.running("T-sessions"));
    teams.put(identity.connection("sessions"));
    teams.create(teams.tasks(), "sessions", "T-sessions", "sessions");
    teams.tasks().awaitPhase("sessions", "Running", LATER);
    running = Instant.now();
  }

  private void deleteTheSecretInUse() {
    teams.rights(teams.tasks()).grantSecrets("deleted");
    teams.putSecret(teams.tasks().namespace(), "deleted", Teams.keyOf(Teams.ACCOUNT_A));
    teams.region(Teams.ACCOUNT_A).answers("T-deleted", Answers.running("T-deleted"));
    teams.put(teams.connection(teams.tasks(), "deleted").withSecret("deleted"));
    teams.create(teams.tasks(), "deleted", "T-deleted", "deleted");
    teams.tasks().awaitPhase("deleted", "Running", LATER);
    controlPlane
        .admin()
        .secrets()
        .inNamespace(teams.tasks().namespace())
        .withName("deleted")
        .delete();
    deleted = Instant.now();
  }

  private void useARefusedKey() {
    String wrong = "canary-wrong-secret";
    teams.fixture().recorder().plant(wrong);
    teams.putSecret(
        teams.others(),
        Map.of("accessKeyId", Teams.keyId(Teams.ACCOUNT_B), "accessKeySecret", wrong));
    teams.putConnection(teams.others(), "refused");
    for (int i = 0; i < TASKS; i++) {
      teams.create(teams.others(), "refused-" + i, "T-" + i, "refused");
    }
  }

  private long refusedTasks() {
    return teams.others().operation().list().getItems().stream()
        .filter(task -> Synced.of(task).reason().equals("Unauthorized"))
        .count();
  }

  /** The reasons of the warnings about objects of the namespace. */
  private List<String> warnings(String namespace) {
    return controlPlane
        .admin()
        .events()
        .v1()
        .events()
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .filter(event -> "Warning".equals(event.getType()))
        .map(Event::getReason)
        .toList();
  }

  private List<Instant> sessionRequests() {
    return teams.served(Teams.ACCOUNT_A).stream()
        .filter(request -> request.requestLine().contains("Action=AssumeRoleWithOIDC"))
        .map(RequestRecord::time)
        .toList();
  }
}
