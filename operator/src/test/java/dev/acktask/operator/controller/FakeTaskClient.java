package dev.acktask.operator.controller;

import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Scripted client that records the calls and compares digests like the real client. */
public final class FakeTaskClient implements TaskClient {
  public final List<String> calls = new ArrayList<>();

  /** Number of calls that returned an unchanged answer. */
  public int unchanged;

  private Function<TaskRef, TaskLookup> answer = ref -> state(ref, "running");

  public void answer(String state) {
    answer = ref -> state(ref, state);
  }

  public void answer(Function<TaskRef, TaskLookup> script) {
    answer = script;
  }

  /** Makes each call fail with API_UNAVAILABLE. */
  public void beUnavailable() {
    answer = ref -> new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "down", null);
  }

  @Override
  public TaskLookup describe(TaskRef task) {
    calls.add(task.taskId());
    TaskLookup lookup = answer.apply(task);
    return lookup instanceof TaskLookup.Found found
        ? new TaskLookup.Found(found.task(), found.requestId(), digest(found))
        : lookup;
  }

  @Override
  public TaskLookup describe(TaskRef task, AnswerDigest known) {
    TaskLookup lookup = describe(task);
    if (lookup instanceof TaskLookup.Found found && digest(found).equals(known)) {
      unchanged++;
      return new TaskLookup.Unchanged();
    }
    return lookup;
  }

  private static AnswerDigest digest(TaskLookup.Found found) {
    return AnswerDigest.of(List.of(StandardCharsets.UTF_8.encode(found.task().toString())));
  }

  public static TaskLookup state(TaskRef ref, String state) {
    return found(ref, state, null);
  }

  /** A running task. */
  public static TaskLookup created(TaskRef ref, String created) {
    return found(ref, "running", created);
  }

  private static TaskLookup found(TaskRef ref, String state, String created) {
    return new TaskLookup.Found(
        TaskInfo.builder(ref.taskId(), state)
            .clusterId("c1")
            .taskType("cluster_upgrade")
            .created(created)
            .omitted(TaskInfo.Omitted.NONE)
            .build(),
        null);
  }
}
