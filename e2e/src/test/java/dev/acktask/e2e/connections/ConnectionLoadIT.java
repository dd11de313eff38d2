package dev.acktask.e2e.connections;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.history.CloudAnswer;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two thousand running tasks on shared and separate connections, measured for the time that {@code
 * -Dacktask.e2e.connections.load=80s} sets, at least four intervals. Prints the times between the
 * polls of each task.
 */
@OnControlPlane
@EnabledIfSystemProperty(named = "acktask.e2e.connections.load", matches = "[0-9]+[ms]")
class ConnectionLoadIT {
  private static final Duration INTERVAL = Duration.ofSeconds(20);
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final int WRITERS = 8;
  private static final int HALF = 1_000;
  private static final int CROWD = 1_900;
  private static final int FEW = 10;
  private static final String KIND = "ClusterAckConnection";

  private final ControlPlane controlPlane;
  private final Duration window =
      Duration.parse(
          "PT"
              + System.getProperty("acktask.e2e.connections.load", "80s").toUpperCase(Locale.ROOT));

  /** All polls, and the window that is measured. */
  private record Measured(List<CloudAnswer> answers, Instant from, Instant until) {
    Gaps gaps(String prefix, Duration expected) {
      return Gaps.of(answers, prefix, from, until, expected.multipliedBy(6).dividedBy(5));
    }
  }

  ConnectionLoadIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Timeout(1800)
  void shouldKeepTheIntervalOfAConnectionWhenAnotherIsThrottled() {
    try (Teams teams = start("load")) {
      // given
      teams.putKey(teams.tasks(), Teams.ACCOUNT_A);
      teams.putKey(teams.others(), Teams.ACCOUNT_B);
      teams.putConnection(teams.tasks(), "paced");
      teams.putConnection(teams.others(), "throttled");
      SimulatedRegion other = teams.simulated(Teams.ACCOUNT_B).region(Teams.OTHER_REGION);
      each(HALF, i -> answer(teams.region(Teams.ACCOUNT_A), "T-paced-" + i));
      each(HALF, i -> answer(other, "T-throttled-" + i));
      each(HALF, i -> teams.create(teams.tasks(), "paced-" + i, "T-paced-" + i, "paced"));
      each(
          HALF,
          i -> teams.create(teams.others(), "throttled-" + i, "T-throttled-" + i, "throttled"));
      awaitRunning(teams.tasks(), HALF);
      awaitRunning(teams.others(), HALF);
      pass(INTERVAL.multipliedBy(2));

      // when
      teams.simulated(Teams.ACCOUNT_B).throttle(Duration.ofSeconds(2));
      Gaps paced = measure(teams).gaps("T-paced-", INTERVAL);

      // then
      report("1,000 tasks beside 1,000 of a throttled account", paced);
      assertAtMost(paced.at(0.99), 1.1, INTERVAL, paced);
    }
  }

  @Test
  @Timeout(1800)
  void shouldShareTheBudgetFairlyBetweenNamespaces() {
    try (Teams teams = start("fair")) {
      // given
      int needed = 60 * (CROWD + FEW) / (int) INTERVAL.toSeconds();
      budget(teams, 2 * needed);
      SimulatedRegion region = teams.region(Simulator.DEFAULT_ACCOUNT);
      each(CROWD, i -> answer(region, "T-crowd-" + i));
      each(FEW, i -> answer(region, "T-few-" + i));
      each(CROWD, i -> teams.create(teams.tasks(), "crowd-" + i, "T-crowd-" + i, KIND, "shared"));
      each(FEW, i -> teams.create(teams.others(), "few-" + i, "T-few-" + i, KIND, "shared"));
      awaitRunning(teams.tasks(), CROWD);
      awaitRunning(teams.others(), FEW);
      pass(INTERVAL.multipliedBy(2));

      // when
      Measured ample = measure(teams);
      Gaps crowd = ample.gaps("T-crowd-", INTERVAL);
      Gaps few = ample.gaps("T-few-", INTERVAL);

      // then
      report("1,900 tasks of one namespace, with twice the needed budget", crowd);
      report("10 tasks of another one", few);
      assertAtMost(crowd.at(0.99), 1.2, INTERVAL, crowd);
      assertAtMost(few.at(1), 1.2, INTERVAL, few);

      // when
      budget(teams, needed / 2);
      Duration share = INTERVAL.multipliedBy(2);
      pass(share.multipliedBy(2));
      Measured scarce = measure(teams);
      Gaps limited = scarce.gaps("T-crowd-", share);
      Gaps fewBeside = scarce.gaps("T-few-", INTERVAL);

      // then
      report("1,900 tasks, with half of the needed budget", limited);
      report("10 tasks of another namespace", fewBeside);
      assertAtMost(limited.at(0.99), 1.2, share, limited);
      assertAtMost(fewBeside.at(1), 1.2, INTERVAL, fewBeside);
    }
  }

  private Teams start(String prefix) {
    Teams teams =
        Teams.start(
            controlPlane,
            prefix,
            Map.of(
                "ACKTASK_DEFAULT_POLL_INTERVAL",
                INTERVAL.toSeconds() + "s",
                "ACKTASK_LOG_LEVEL",
                "info"));
    teams
        .fixture()
        .recorder()
        .expect(Bounds.undisturbed(INTERVAL).withReaction(TIMEOUT).withExtra(20));
    return teams;
  }

  /** Changes the budget of the connection {@code shared}; its tasks are polled again at once. */
  private static void budget(Teams teams, int perMinute) {
    teams.put(
        ConnectionYaml.cluster("shared", Teams.REGION)
            .with("requestsPerMinute", "" + perMinute)
            .with("burst", "20"));
  }

  /** The polls up to the end of a window that begins now. */
  private Measured measure(Teams teams) {
    Instant from = Instant.now();
    pass(window);
    return new Measured(teams.fixture().recorder().history().answers(), from, Instant.now());
  }

  private static void answer(SimulatedRegion region, String taskId) {
    region.answers(taskId, Answers.running(taskId));
  }

  /** Does something for each number with a few threads. */
  private static void each(int count, IntConsumer action) {
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<? extends Future<?>> all =
          IntStream.range(0, count).mapToObj(i -> writers.submit(() -> action.accept(i))).toList();
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void awaitRunning(AckTasks team, int objects) {
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> team.namesWhere("status.phase", "Running").size() == objects);
  }

  /** Measures by the clock: there is no condition to wait for. */
  private static void pass(Duration time) {
    Instant end = Instant.now().plus(time);
    await()
        .atMost(time.plus(TIMEOUT))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> Instant.now().isAfter(end));
  }

  private static void report(String what, Gaps gaps) {
    System.out.println("[connections] " + what + ", interval " + INTERVAL + ": " + gaps);
  }

  private static void assertAtMost(Duration gap, double factor, Duration interval, Gaps gaps) {
    assertTrue(gap.toMillis() <= factor * interval.toMillis(), gaps::toString);
  }
}
