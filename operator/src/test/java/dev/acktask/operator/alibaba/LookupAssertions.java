package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.NotFound;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskState;

/** Assertions about the result of a call for one task. */
public final class LookupAssertions {
  private LookupAssertions() {}

  /** The task in {@code body}, answered with 200. */
  public static TaskInfo task(String body) {
    return task(Answer.of(200, body).read());
  }

  public static TaskInfo task(TaskLookup lookup) {
    return assertInstanceOf(Found.class, lookup).task();
  }

  /** A failed task with {@code fields} in addition to id and state. */
  public static TaskInfo taskWith(String fields) {
    return task(SampleTask.minimal("failed", fields));
  }

  public static void state(TaskState expected, String body) {
    assertEquals(expected, TaskState.of(task(body).state()));
  }

  /** {@code body} is not a readable answer, so it has no verdict. */
  public static void invalid(String body) {
    unavailable(Unavailable.Failure.RESPONSE_INVALID, Answer.of(200, body).read());
  }

  public static void unavailable(Unavailable.Failure cause, TaskLookup lookup) {
    assertEquals(cause, assertInstanceOf(Unavailable.class, lookup, lookup::toString).cause());
  }

  public static void rejected(Rejected.Refusal cause, TaskLookup lookup) {
    assertEquals(cause, assertInstanceOf(Rejected.class, lookup, lookup::toString).cause());
  }

  public static String requestId(TaskLookup lookup) {
    return switch (lookup) {
      case Found found -> found.requestId();
      case TaskLookup.Unchanged unchanged -> null;
      case NotFound notFound -> notFound.requestId();
      case Throttled throttled -> throttled.requestId();
      case Rejected rejected -> rejected.requestId();
      case Unavailable unavailable -> unavailable.requestId();
    };
  }
}
