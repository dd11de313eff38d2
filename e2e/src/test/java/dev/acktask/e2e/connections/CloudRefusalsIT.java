package dev.acktask.e2e.connections;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.account.PrincipalTrust;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Catalogue F38 to F40: the cloud refuses or throttles the calls of one connection. */
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
class CloudRefusalsIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofSeconds(6);
  private static final int TOO_MANY_REQUESTS = 429;

  private final ControlPlane controlPlane;
  private Teams teams;

  CloudRefusalsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /** What the cloud answers to the task with this name, and the expected reason. */
  private record Refused(String name, Response response, String reason) {}

  @BeforeAll
  void start() {
    teams = Teams.start(controlPlane, "refusals");
    // Each refusal is a write, and a refused nonce or time costs a second call at once.
    teams
        .fixture()
        .recorder()
        .expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(30));
    teams.putKey(teams.tasks(), Teams.ACCOUNT_A);
    teams.putKey(teams.others(), Teams.ACCOUNT_B);
  }

  @AfterAll
  void close() {
    teams.close();
  }

  @Test
  @Tag("F38")
  @Tag("F39")
  void shouldHoldAndRecoverWhenTheCloudRefusesKeySignaturePermissionOrTime() {
    // given
    String keyId = Teams.keyId(Teams.ACCOUNT_A);
    List<Refused> all =
        List.of(
            new Refused(
                "no-policy",
                Response.error(403, "StatusForbidden", "RAM policy Forbidden for " + keyId),
                "Forbidden"),
            new Refused(
                "no-permission", Response.error(403, "Forbidden.RAM", "no policy"), "Forbidden"),
            new Refused("bare", Response.of(403), "Forbidden"),
            new Refused(
                "no-key",
                Response.gatewayError(404, "InvalidAccessKeyId.NotFound", "no key " + keyId),
                "Unauthorized"),
            new Refused(
                "no-signature",
                Response.gatewayError(
                    400, "SignatureDoesNotMatch", Teams.keySecret(Teams.ACCOUNT_A)),
                "Unauthorized"),
            new Refused("bare-401", Response.of(401), "Unauthorized"),
            new Refused(
                "old", Response.error(400, "InvalidTimeStamp.Expired", "too old"), "ClockSkew"),
            new Refused(
                "nonce", Response.error(400, "SignatureNonceUsed", "used before"), "ClockSkew"));

    // when
    all.forEach(refused -> follow(refused.name, refused.response));

    // then
    for (Refused refused : all) {
      Synced synced = Synced.await(teams.tasks(), refused.name, refused.reason);
      assertEquals("False", synced.status());
      assertFalse(synced.message().contains(keyId), synced.message());
      assertEquals("Pending", teams.tasks().phase(refused.name));
    }

    // when
    for (Refused refused : all) {
      String taskId = "T-" + refused.name;
      teams.region(Teams.ACCOUNT_A).answers(taskId, Answers.success(taskId));
    }

    // then
    all.forEach(refused -> teams.tasks().awaitPhase(refused.name, "Succeeded", SOON));
  }

  @Test
  @Tag("F40")
  void shouldSlowOnlyTheConnectionThatIsThrottled() {
    // given
    List<String> crowd = IntStream.range(0, 5).mapToObj(i -> "crowd-" + i).toList();
    teams.putConnection(teams.tasks(), "crowd");
    teams.putConnection(teams.others(), "paced");
    crowd.forEach(name -> run(teams.tasks(), Teams.ACCOUNT_A, name, "crowd"));
    run(teams.others(), Teams.ACCOUNT_B, "paced", "paced");

    // when
    teams.simulated(Teams.ACCOUNT_A).throttle(PAUSE);
    Instant throttled = awaitThrottled("T-crowd");
    teams.awaitPolls("T-paced", 5);

    // then
    Instant paced = Instant.now();
    assertEquals(
        List.of(), calls(Teams.ACCOUNT_A, throttled.plusSeconds(1), throttled.plus(PAUSE)));
    assertTrue(
        Duration.between(throttled, paced).compareTo(PAUSE.multipliedBy(2)) < 0,
        () -> "5 polls took until " + paced);
    assertEquals(List.of(), Versions.ofFalseSynced(teams.fixture(), "paced", throttled));
    crowd.forEach(name -> Synced.await(teams.tasks(), name, "Throttled"));

    // when
    teams.simulated(Teams.ACCOUNT_A).recover();

    // then
    crowd.forEach(name -> Synced.await(teams.tasks(), name, "Observed"));
  }

  @Test
  @Tag("F40")
  void shouldPauseEachConnectionOfTheAccountThatIsThrottled() {
    // given
    teams
        .simulated(Teams.ACCOUNT_B)
        .putRole(Role.of("reader").trusting(PrincipalTrust.ofAccounts(Teams.ACCOUNT_A)));
    String role = "{roleArn: 'acs:ram::%s:role/reader'}".formatted(Teams.ACCOUNT_B);
    for (String name : List.of("first", "second")) {
      teams.put(teams.connection(teams.tasks(), name).with("assumeRole", role));
    }
    run(teams.tasks(), Teams.ACCOUNT_B, "first", "first");

    // when
    teams.simulated(Teams.ACCOUNT_B).throttle(PAUSE);
    Instant throttled = awaitThrottled("T-first");
    teams.simulated(Teams.ACCOUNT_B).recover();
    run(teams.tasks(), Teams.ACCOUNT_B, "second", "second");

    // then
    Instant first = teams.fixture().cloud().served("T-second").getFirst().time();
    assertFalse(first.isBefore(throttled.plus(PAUSE)), () -> first + " after " + throttled);
  }

  /** A running task that was polled. */
  private void run(AckTasks team, String account, String name, String connection) {
    String region = team.equals(teams.others()) ? Teams.OTHER_REGION : Teams.REGION;
    teams.simulated(account).region(region).answers("T-" + name, Answers.running("T-" + name));
    teams.create(team, name, "T-" + name, connection);
    team.awaitPhase(name, "Running", SOON);
  }

  /** The time of the first throttled call for one of the tasks whose id starts with this. */
  private Instant awaitThrottled(String taskIds) {
    return await()
        .atMost(SOON)
        .until(
            () ->
                teams.fixture().cloud().served().stream()
                    .filter(request -> request.status() == TOO_MANY_REQUESTS)
                    .filter(request -> request.taskId().orElse("").startsWith(taskIds))
                    .map(RequestRecord::time)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private List<String> calls(String account, Instant from, Instant until) {
    return teams.served(account).stream()
        .filter(request -> request.time().isAfter(from) && request.time().isBefore(until))
        .map(request -> request.time() + " " + request.requestLine())
        .toList();
  }

  private void follow(String name, Response response) {
    teams.region(Teams.ACCOUNT_A).answers("T-" + name, response);
    teams.putConnection(teams.tasks(), name);
    teams.create(teams.tasks(), name, "T-" + name, name);
  }
}
