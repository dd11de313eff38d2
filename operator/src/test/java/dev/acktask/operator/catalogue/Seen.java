package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskState;

/** Assertions in the words of the catalogue. */
final class Seen {
  private Seen() {}

  /** The task in {@code body}, answered with 200. */
  static TaskInfo task(String body) {
    return task(Answer.of(200, body).read());
  }

  static TaskInfo task(TaskLookup lookup) {
    return assertInstanceOf(Found.class, lookup).task();
  }

  /** A task in {@code state} with {@code fields} beside id and state. */
  static TaskInfo taskWith(String fields) {
    return task(SampleTask.minimal("failed", fields));
  }

  static void state(TaskState expected, String body) {
    assertEquals(expected, TaskState.of(task(body).state()));
  }

  /** No verdict can come of {@code body}: it is not a readable answer. */
  static void invalid(String body) {
    unavailable(Unavailable.Failure.RESPONSE_INVALID, Answer.of(200, body).read());
  }

  static void unavailable(Unavailable.Failure cause, TaskLookup lookup) {
    assertEquals(cause, assertInstanceOf(Unavailable.class, lookup, lookup::toString).cause());
  }

  static void rejected(Rejected.Refusal cause, TaskLookup lookup) {
    assertEquals(cause, assertInstanceOf(Rejected.class, lookup, lookup::toString).cause());
  }
}
