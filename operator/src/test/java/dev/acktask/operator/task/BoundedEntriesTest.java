package dev.acktask.operator.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BoundedEntriesTest {
  @Test
  void shouldKeepAllInTheirOrderWhenTheyAreFew() {
    assertEquals(List.of("ok", "failed", "ok"), kept(3, "ok", "failed", "ok"));
  }

  @Test
  void shouldOmitFailedResultsLast() {
    assertEquals(
        List.of("ok", "failed", "canceled"), kept(3, "ok", "failed", "odd", "ok", "canceled"));
    assertEquals(List.of("ok", "ok"), kept(2, "ok", "ok", "ok"));
  }

  @Test
  void shouldKeepTheFirstFailedResultsWhenNotAllFit() {
    assertEquals(List.of("failed", "error"), kept(2, "ok", "failed", "error", "fail", "timeout"));
  }

  private static List<String> kept(int count, String... statuses) {
    BoundedEntries<TaskInfo.Result> results =
        new BoundedEntries<>(count, TaskInfo.Result::isFailed);
    Stream.of(statuses).map(status -> new TaskInfo.Result("i", status)).forEach(results::add);
    assertEquals(Math.max(0, statuses.length - count), results.dropped());
    return results.entries().stream().map(TaskInfo.Result::status).toList();
  }
}
