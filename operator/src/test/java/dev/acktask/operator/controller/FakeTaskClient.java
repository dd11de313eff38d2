package dev.acktask.operator.controller;

import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Answers from a script and counts the calls. */
final class FakeTaskClient implements TaskClient {
  final List<String> calls = new ArrayList<>();
  private Function<TaskRef, TaskLookup> answer = ref -> state(ref, "running");

  void answer(String state) {
    answer = ref -> state(ref, state);
  }

  void answer(Function<TaskRef, TaskLookup> script) {
    answer = script;
  }

  @Override
  public TaskLookup describe(TaskRef task) {
    calls.add(task.taskId());
    return answer.apply(task);
  }

  static TaskLookup state(TaskRef ref, String state) {
    return found(ref, state, null);
  }

  /** A running task that exists since {@code created}. */
  static TaskLookup created(TaskRef ref, String created) {
    return found(ref, "running", created);
  }

  private static TaskLookup found(TaskRef ref, String state, String created) {
    return new TaskLookup.Found(
        new TaskInfo(
            ref.taskId(),
            state,
            "c1",
            "cluster_upgrade",
            created,
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            TaskInfo.Omitted.NONE),
        null);
  }
}
