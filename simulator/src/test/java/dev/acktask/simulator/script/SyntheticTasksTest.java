package dev.acktask.simulator.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Generated tasks. */
class SyntheticTasksTest {
  @Test
  void shouldSpreadTasksOverClusters() {
    List<TaskScript> tasks = SyntheticTasks.of(4, Duration.ofMinutes(10), 0, 2);
    assertEquals(SyntheticTasks.CLUSTER_ID, tasks.get(0).clusterId());
    assertEquals(SyntheticTasks.clusterId(2), tasks.get(1).clusterId());
    assertEquals(SyntheticTasks.CLUSTER_ID, tasks.get(2).clusterId());
  }

  @Test
  void shouldNameClustersWithTheLengthOfAnId() {
    assertEquals(SyntheticTasks.CLUSTER_ID, SyntheticTasks.clusterId(1));
    assertEquals(33, SyntheticTasks.clusterId(1000).length());
  }

  @Test
  void shouldHaveAHistoryOfFinishedTasksOfOneDay() {
    for (SyntheticTasks.Past task : SyntheticTasks.history("c1", 500)) {
      assertTrue(task.age().compareTo(task.script().length()) >= 0);
      assertTrue(task.age().compareTo(Duration.ofDays(1)) <= 0);
    }
  }

  @Test
  void shouldHaveTheSameHistoryOfAClusterEachTime() {
    assertEquals(SyntheticTasks.history("c1", 3), SyntheticTasks.history("c1", 3));
    assertEquals(
        3,
        SyntheticTasks.history("c1", 3).stream()
            .map(task -> task.script().taskId())
            .filter(id -> id.matches("T-[0-9a-f]{24}"))
            .distinct()
            .count());
  }

  @Test
  void shouldFailOneInTenOfAHistory() {
    long failed =
        SyntheticTasks.history("c1", 50).stream()
            .filter(task -> task.script().lastState().equals("failed"))
            .count();
    assertEquals(5, failed);
  }
}
