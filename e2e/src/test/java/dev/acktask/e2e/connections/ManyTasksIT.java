package dev.acktask.e2e.connections;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Many objects on several connections: F57, F63 and F88. */
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
class ManyTasksIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int OBJECTS = 500;

  /** So many calls of one connection the operator makes at once. */
  private static final int CONCURRENT_CALLS = 64;

  private final ControlPlane controlPlane;
  private Teams teams;

  ManyTasksIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeAll
  void start() {
    teams = Teams.start(controlPlane, "many");
    teams
        .fixture()
        .recorder()
        .expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withReaction(SOON).withExtra(3));
    teams.putKey(teams.tasks(), Teams.ACCOUNT_A);
    teams.putKey(teams.others(), Teams.ACCOUNT_B);
  }

  @AfterAll
  void close() {
    teams.close();
  }

  @Test
  @Tag("F57")
  void shouldShareThePollsOfOneTaskWithinEachConnection() {
    // given
    SimulatedRegion first = teams.region(Teams.ACCOUNT_A);
    SimulatedRegion second = teams.simulated(Teams.ACCOUNT_B).region(Teams.OTHER_REGION);
    first.answers("T-57", Answers.running("T-57"));
    second.answers("T-57", Answers.running("T-57"));
    teams.fixture().cloud().answers("T-57", Answers.running("T-57"));
    teams.putConnection(teams.tasks(), "shared");
    teams.putConnection(teams.others(), "shared");
    teams.put(ConnectionYaml.cluster("shared", "cn-hangzhou"));
    for (AckTasks team : List.of(teams.tasks(), teams.others())) {
      for (int i = 0; i < 5; i++) {
        teams.create(team, "own-" + i, "T-57", "shared");
        teams.create(team, "common-" + i, "T-57", "ClusterAckConnection", "shared");
      }
    }
    awaitPhases(teams.tasks(), "Running", 10);
    awaitPhases(teams.others(), "Running", 10);

    // when
    Instant from = Instant.now();
    teams.awaitPolls("T-57", 15);
    Instant until = Instant.now();

    // then
    for (String account : List.of(Teams.ACCOUNT_A, Teams.ACCOUNT_B, Simulator.DEFAULT_ACCOUNT)) {
      long polls = calls(account).stream().filter(time -> time.isAfter(from)).count();
      double most = 2 + Duration.between(from, until).toMillis() / 900.0;
      assertTrue(polls <= most, () -> polls + " polls of one task, at most " + most);
    }

    // when
    first.answers("T-57", Answers.success("T-57"));
    second.answers("T-57", Answers.failed("T-57", "Broken", "It broke."));
    teams.fixture().cloud().answers("T-57", Answers.state("T-57", "canceled"));

    // then
    awaitPhases(teams.tasks(), "Succeeded", 5);
    awaitPhases(teams.tasks(), "Canceled", 5);
    awaitPhases(teams.others(), "Failed", 5);
    awaitPhases(teams.others(), "Canceled", 5);
    deleteAll();
  }

  @Test
  @Tag("F63")
  void shouldKeepTheBudgetOfEachConnectionWhenItStartsAmongManyObjects() {
    // given
    teams.operator().terminate();
    teams.put(budget(teams.tasks(), 3_000, 20));
    teams.put(budget(teams.others(), 1_500, 10));
    int before = calls(Teams.ACCOUNT_A).size();
    int otherBefore = calls(Teams.ACCOUNT_B).size();
    createMany(teams.tasks(), teams.region(Teams.ACCOUNT_A));
    createMany(teams.others(), teams.simulated(Teams.ACCOUNT_B).region(Teams.OTHER_REGION));

    // when
    teams.operator().start();
    awaitPhases(teams.tasks(), "Succeeded", OBJECTS);
    awaitPhases(teams.others(), "Succeeded", OBJECTS);

    // then
    assertBudget(calls(Teams.ACCOUNT_A).stream().skip(before).toList(), 3_000, 20);
    assertBudget(calls(Teams.ACCOUNT_B).stream().skip(otherBefore).toList(), 1_500, 10);
    deleteAll();
  }

  @Test
  @Tag("F88")
  void shouldKeepThePaceOfAConnectionWhenTheEndpointOfAnotherHangs() {
    // given
    teams.putConnection(teams.tasks(), "answered");
    teams.putConnection(teams.others(), "hanging");
    teams.region(Teams.ACCOUNT_A).answers("T-answered", Answers.running("T-answered"));
    teams.create(teams.tasks(), "answered", "T-answered", "answered");
    teams.tasks().awaitPhase("answered", "Running", SOON);
    int before = calls(Teams.ACCOUNT_B).size();
    teams.simulated(Teams.ACCOUNT_B).outage(Response.hang());
    for (int i = 0; i < CONCURRENT_CALLS + 10; i++) {
      teams.create(teams.others(), "hanging-" + i, "T-hanging-" + i, "hanging");
    }
    await().atMost(SOON).until(() -> calls(Teams.ACCOUNT_B).size() >= before + CONCURRENT_CALLS);

    // when
    Instant from = Instant.now();
    teams.awaitPolls("T-answered", 5);

    // then
    Duration took = Duration.between(from, Instant.now());
    assertTrue(took.compareTo(OperatorFixture.POLL_INTERVAL.multipliedBy(10)) < 0, took::toString);
    deleteAll();
    teams.simulated(Teams.ACCOUNT_B).recover();
  }

  private ConnectionYaml budget(AckTasks team, int perMinute, int burst) {
    return teams
        .connection(team, "crowd")
        .with("requestsPerMinute", "" + perMinute)
        .with("burst", "" + burst);
  }

  private void createMany(AckTasks team, SimulatedRegion region) {
    for (int i = 0; i < OBJECTS; i++) {
      region.answers("T-crowd-" + i, Answers.success("T-crowd-" + i));
      teams.create(team, "crowd-" + i, "T-crowd-" + i, "crowd");
    }
  }

  private void deleteAll() {
    teams.tasks().operation().delete();
    teams.others().operation().delete();
  }

  /** The times of all calls with keys of the account, in order. */
  private List<Instant> calls(String account) {
    return teams.served(account).stream().map(RequestRecord::time).sorted().toList();
  }

  private static void assertBudget(List<Instant> calls, int perMinute, int burst) {
    assertEquals(OBJECTS, calls.size());
    int first = 5 * burst; // those before arrive late, because the client is cold
    for (int i = first + burst; i < calls.size(); i += burst) {
      double seconds = Duration.between(calls.get(first), calls.get(i)).toMillis() / 1_000.0;
      double most = burst + 1 + (seconds + 0.1) * perMinute / 60;
      int made = i + 1 - first;
      assertTrue(made <= most, () -> made + " calls in " + seconds + " s");
    }
  }

  private static void awaitPhases(AckTasks team, String phase, int objects) {
    await().atMost(SOON).until(() -> team.namesWhere("status.phase", phase).size() == objects);
  }
}
