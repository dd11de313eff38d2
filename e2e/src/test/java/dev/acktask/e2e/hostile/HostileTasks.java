package dev.acktask.e2e.hostile;

import dev.acktask.e2e.AckTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tasks with hostile answers, some of them well-formed. */
final class HostileTasks {
  private static final int WELL_FORMED_TASKS = 66;
  private static final int BROKEN_TASKS = 11;

  private HostileTasks() {}

  /** Creates an object for each hostile task, and its answer in the cloud. */
  static void create(HostileCloud cloud, AckTasks hostile) {
    List<String> ids = new ArrayList<>(broken(cloud, BROKEN_TASKS));
    List<HostileAnswer> wellFormed = kinds(true);
    for (int i = 0; i < WELL_FORMED_TASKS; i++) {
      HostileAnswer kind = wellFormed.get(i % wellFormed.size());
      ids.add("T-" + kind.name() + "-" + i);
      cloud.answer(ids.get(ids.size() - 1), kind);
    }
    for (int i = 0; i < ids.size(); i++) {
      hostile.create("hostile-" + i, Map.of("taskId", ids.get(i), "pollInterval", "1s"));
    }
  }

  /** Ids of {@code count} new tasks whose answers are not well-formed. */
  static List<String> broken(HostileCloud cloud, int count) {
    List<HostileAnswer> broken = kinds(false);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HostileAnswer kind = broken.get(i % broken.size());
      String taskId = "T-" + kind.name() + "-of-" + count + "-" + i;
      cloud.answer(taskId, kind);
      ids.add(taskId);
    }
    return ids;
  }

  private static List<HostileAnswer> kinds(boolean wellFormed) {
    return Stream.of(HostileAnswer.values())
        .filter(kind -> kind.isWellFormed() == wellFormed)
        .toList();
  }
}
