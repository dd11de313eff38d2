package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.task.TaskInfo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ResultsTest {
  @Test
  void shouldKeepAllInTheirOrderWhenTheyAreFew() {
    assertEquals(List.of("ok", "failed", "ok"), kept(3, "ok", "failed", "ok"));
  }

  @Test
  void shouldLeaveOutFailedOnesLast() {
    assertEquals(
        List.of("ok", "failed", "canceled"), kept(3, "ok", "failed", "odd", "ok", "canceled"));
    assertEquals(List.of("ok", "ok"), kept(2, "ok", "ok", "ok"));
  }

  @Test
  void shouldKeepTheFirstOnesWhenMoreFailedThanCanBeKept() {
    assertEquals(List.of("failed", "error"), kept(2, "ok", "failed", "error", "fail", "timeout"));
  }

  private static List<String> kept(int count, String... statuses) {
    List<TaskInfo.Result> results =
        Stream.of(statuses).map(status -> new TaskInfo.Result("i", status)).toList();
    return Results.keep(results, count).stream().map(TaskInfo.Result::status).toList();
  }
}
