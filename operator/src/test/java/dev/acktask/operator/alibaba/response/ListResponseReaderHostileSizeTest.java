package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.acktask.operator.alibaba.AlibabaListClient;
import dev.acktask.operator.alibaba.ListAssertions;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedTask;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of the largest size: what is all structure or all text costs little memory. */
final class ListResponseReaderHostileSizeTest {
  /** In bytes, for all of what reading a list allocates. */
  private static final long MAX_ALLOCATED = 64L * 1024 * 1024;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{\"a\":",
        "{\"task_id\":[",
        "]",
        "}",
        "\"",
        "\\",
        "{\"\":\"",
        "[0,",
        "{}",
        "0",
        "-",
        "\t"
      })
  void shouldBeInvalidWhenTheListNeverEnds(String piece) {
    String body = full("{\"tasks\":", piece, "");

    assertCheap(() -> ListAssertions.invalid(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{},",
        "0,",
        "\"\",",
        "[[]],",
        "{\"task_id\":\"T-1\"},",
        "{\"state\":\"success\"},",
        "{\"task_id\":\"T-1\",\"task_type\":\"password=x password=y\"},"
      })
  void shouldKeepLittleOfManyEntries(String entry) {
    String body = full("{\"tasks\":[", entry, "{}]}");

    assertCheap(() -> assertTrue(ListAssertions.tasks(body).items().size() <= 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"task_id", "task_type", "state", "created", "updated", "cluster_id", "x"})
  void shouldKeepLittleOfALongText(String field) {
    String body = full("{\"tasks\":[{\"" + field + "\":\"", "a", "\"}]}");

    assertCheap(() -> assertEquals(0, ListAssertions.tasks(body).items().size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "9", "\\u0041", "\uD83D\uDE00"})
  void shouldKeepNothingOfALongToken(String piece) {
    String body = full("{\"tasks\":[],\"next_token\":\"", piece, "\"}");

    assertCheap(() -> assertEquals(null, ListAssertions.tasks(body).nextToken()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "9e9", "0.9", "-"})
  void shouldNotConvertACountOfAMillionDigits(String start) {
    String body = full("{\"tasks\":[],\"page_info\":{\"total_count\":" + start, "9", "}}");

    assertCheap(() -> assertTrue(ListAssertions.tasks(body).totalCount().isEmpty()));
  }

  @Test
  void shouldKeepAThousandEntriesOfFullSizeWithinItsLimits() {
    // given
    StringBuilder body = new StringBuilder("{\"tasks\":[{}");
    for (int i = 0; i < 1_000; i++) {
      body.append(",{\"task_id\":\"T-").append(i).append("\",\"state\":\"");
      body.append("s".repeat(450)).append("\",\"task_type\":\"").append("t ".repeat(225));
      body.append("\"}");
    }

    // when
    ListPage<ListedTask> page = ListAssertions.tasks(body.append("]}").toString());

    // then
    assertEquals(999, page.items().size());
    assertTrue(page.toString().length() < 1_000 * 700);
  }

  /** {@code piece} as often as fits. */
  private static String full(String start, String piece, String end) {
    int bytes = piece.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    int count = (AlibabaListClient.MAX_BODY_BYTES - start.length() - end.length()) / bytes;
    return start + piece.repeat(count) + end;
  }

  private static void assertCheap(Runnable read) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    read.run();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MAX_ALLOCATED, () -> allocated + " bytes");
  }
}
