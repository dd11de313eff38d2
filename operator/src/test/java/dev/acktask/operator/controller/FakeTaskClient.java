package dev.acktask.operator.controller;

import dev.acktask.operator.task.Fingerprint;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskNews;
import dev.acktask.operator.task.TaskRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Answers from a script, counts the calls, and compares as the real client does. */
final class FakeTaskClient implements TaskClient {
  final List<String> calls = new ArrayList<>();

  /** Calls whose answer was not read, since it was known. */
  int unread;

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
    TaskLookup lookup = answer.apply(task);
    return lookup instanceof TaskLookup.Found found
        ? new TaskLookup.Found(found.task(), found.requestId(), fingerprint(found))
        : lookup;
  }

  @Override
  public TaskNews describe(TaskRef task, Fingerprint known) {
    TaskLookup lookup = describe(task);
    if (lookup instanceof TaskLookup.Found found && fingerprint(found).equals(known)) {
      unread++;
      return new TaskNews.None();
    }
    return lookup;
  }

  private static Fingerprint fingerprint(TaskLookup.Found found) {
    return Fingerprint.of(List.of(StandardCharsets.UTF_8.encode(found.task().toString())));
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
