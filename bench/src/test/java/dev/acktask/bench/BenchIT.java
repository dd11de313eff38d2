package dev.acktask.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.bench.cloud.Answers;
import dev.acktask.bench.cloud.Clusters;
import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.harness.Load;
import dev.acktask.bench.harness.Progress;
import dev.acktask.bench.report.Section;
import dev.acktask.bench.scenario.Scenario;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A small run of the benchmark. Asserts counts, never times: those depend on the machine. */
@OnControlPlane
class BenchIT {
  private static final int TASKS = 200;
  private static final String CALLS = "calls";
  private static final String WRITES = "Kubernetes writes";
  private static final Map<Scenario, Section> MEASURED = new EnumMap<>(Scenario.class);

  @BeforeAll
  static void measure(ControlPlane controlPlane) {
    Load load =
        new Load(
            TASKS,
            20,
            Duration.ofSeconds(2),
            new Answers(Duration.ofMillis(20), false, new Clusters(4, 30, false)),
            new Load.Timing(Duration.ofSeconds(4), Duration.ofSeconds(6), false),
            new Load.OperatorSettings(600_000, 10_000, "512m", List.of(), false));
    Progress progress = new Progress(System.out);
    try (Harness harness = Harness.prepare(load, controlPlane, progress)) {
      for (Scenario scenario :
          List.of(
              Scenario.MIRROR,
              Scenario.STEADY,
              Scenario.BURST,
              Scenario.FINISH,
              Scenario.RESTART,
              Scenario.WRITES)) {
        MEASURED.put(scenario, scenario.run(harness));
      }
    }
  }

  @Test
  void shouldPollOrListEveryTaskWhenAllRun() {
    double polls = value(Scenario.STEADY, "  polls");
    double lists = value(Scenario.STEADY, "  lists");
    assertTrue(polls >= TASKS || lists > 0, () -> polls + " polls, " + lists + " lists");
    assertEquals(polls + lists, value(Scenario.STEADY, CALLS));
  }

  @Test
  void shouldWriteNothingWhenNothingChanges() {
    assertEquals(0, value(Scenario.STEADY, WRITES));
  }

  @Test
  void shouldWriteEachStatusWhenAllChange() {
    assertTrue(value(Scenario.BURST, "  of acktasks/status") >= TASKS);
  }

  @Test
  void shouldNeitherCallNorWriteWhenAllHaveFinished() {
    assertEquals(0, value(Scenario.FINISH, CALLS));
    assertEquals(0, value(Scenario.FINISH, WRITES));
  }

  @Test
  void shouldNeitherCallNorWriteWhenStartedAmongFinishedTasks() {
    assertEquals(0, value(Scenario.RESTART, CALLS));
    assertEquals(0, value(Scenario.RESTART, WRITES));
  }

  @Test
  void shouldObserveEachStatusWhenItWroteItItself() {
    assertEquals(TASKS, value(Scenario.WRITES, "written one by one"));
    assertEquals(TASKS, value(Scenario.WRITES, "written eight at once"));
  }

  private static double value(Scenario scenario, String figure) {
    Section section = MEASURED.get(scenario);
    if (section == null) {
      throw new AssertionError(scenario + " was not measured");
    }
    return section.value(figure);
  }
}
