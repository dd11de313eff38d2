package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskState;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue F25 and F29: bodies that are all structure cost no stack and little memory. */
final class TaskResponseReaderHostileSizeTest {
  /** In bytes: body, text and result. A parser that recurses needs about 100 bytes per level. */
  private static final long MAX_ALLOCATED = 64L * 1024 * 1024;

  /** In bytes, for a million entries, each of which is discarded after it is read. */
  private static final long MAX_ALLOCATED_BY_ENTRIES = 3 * MAX_ALLOCATED;

  @ParameterizedTest
  @Tag("F25")
  @ValueSource(
      strings = {
        "[",
        "{\"a\":",
        "[[{\"a\":",
        "{\"task_id\":[",
        "]",
        "}",
        "\"",
        "\\",
        "{\"\":\"",
        "[0,",
        "{}",
        "[]",
        "0",
        "-",
        "\u0000",
        "\t"
      })
  void shouldHoldWhenTheBodyRepeatsOnePiece(String piece) {
    byte[] body = full("", piece, "");

    assertCheap(
        () -> LookupAssertions.unavailable(Failure.RESPONSE_INVALID, Answer.of(200, body).read()));
  }

  @ParameterizedTest
  @Tag("F25")
  @ValueSource(
      strings = {
        "[",
        "{\"a\":",
        "{\"a\":[",
        "{}",
        "{\"a\":1}",
        "[]",
        "0,",
        "\"\\u0000",
        "\uD83D\uDE00"
      })
  void shouldHoldWhenADetailNeverEnds(String piece) {
    for (String name : new String[] {"parameters", "stages", "error", "unknown"}) {
      byte[] body = full("{\"task_id\":\"" + SampleTask.ID + "\",\"" + name + "\":", piece, "");

      assertCheap(
          () ->
              LookupAssertions.unavailable(Failure.RESPONSE_INVALID, Answer.of(200, body).read()));
    }
  }

  @Test
  @Tag("F25")
  void shouldKeepTheVerdictWhenNearlyAllOfTheBodyIsDepth() {
    int depth = (Answer.MAX_BYTES - 200) / 2;
    String body =
        SampleTask.minimal("failed", "\"parameters\":" + "[".repeat(depth) + "]".repeat(depth));

    assertCheap(() -> LookupAssertions.state(TaskState.FAILED, body));
  }

  @ParameterizedTest
  @Tag("F23")
  @ValueSource(strings = {"{}", "null", "{\"a\":1}", "[]", "0", "{\"message\":\"\"}", "\"\""})
  void shouldKeepTheVerdictWhenNearlyAllOfTheBodyIsEntries(String entry) {
    for (String name : new String[] {"stages", "events", "task_result", "parameters"}) {
      byte[] body =
          full(
              "{\"task_id\":\"" + SampleTask.ID + "\",\"state\":\"failed\",\"" + name + "\":[",
              entry + ",",
              entry + "]}");

      assertCheap(
          MAX_ALLOCATED_BY_ENTRIES, () -> LookupAssertions.task(Answer.of(200, body).read()));
    }
  }

  @Test
  @Tag("F26")
  void shouldHoldWhenThereAreTooManyTopLevelNames() {
    StringBuilder fields = new StringBuilder("\"x\":1");
    for (int i = 0; i < 300_000; i++) {
      fields.append(",\"").append(Integer.toString(i, 36)).append("\":1");
    }

    assertCheap(() -> LookupAssertions.invalid(SampleTask.minimal("failed", fields.toString())));
  }

  private static byte[] full(String start, String piece, String end) {
    int count =
        (Answer.MAX_BYTES - 200) / piece.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    return (start + piece.repeat(count) + end).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static void assertCheap(Runnable reading) {
    assertCheap(MAX_ALLOCATED, reading);
  }

  private static void assertCheap(long max, Runnable reading) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    reading.run();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertTrue(allocated < max, "allocated " + allocated);
  }
}
