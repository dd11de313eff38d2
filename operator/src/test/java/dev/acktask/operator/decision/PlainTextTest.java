package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PlainTextTest {
  @Test
  void f28ShouldReplaceWhatATerminalWouldNotShow() {
    assertEquals("a b c d", PlainText.MESSAGE.of("a\nb\rc\td"));
    for (String hidden :
        List.of(
            "\u0000", "\u001b", "\u0085", "\u202e", "\u2066", "\u200f", "\ud800", "\udc00",
            "\u2028", "\ufeff")) {
      assertEquals("x\ufffdy", PlainText.MESSAGE.of("x" + hidden + "y"));
    }
    assertEquals("中 é e\u0301 😀", PlainText.MESSAGE.of("中 é e\u0301 😀"));
  }

  @Test
  void f32ShouldTrim() {
    assertEquals("c1", PlainText.WORD.of("c1\n"));
    assertNull(PlainText.WORD.orNull(" \n "));
    assertNull(PlainText.WORD.orNull(null));
  }

  @Test
  void f35ShouldBoundWithoutSplittingACharacter() {
    String cut = PlainText.MESSAGE.of("x".repeat(1_000_000));
    assertEquals(1024, cut.length());
    assertTrue(cut.endsWith("…"));
    String pairs = PlainText.MESSAGE.of("😀".repeat(1_000));
    assertTrue(pairs.length() <= 1024);
    assertFalse(Character.isHighSurrogate(pairs.charAt(pairs.length() - 2)));
  }

  @Test
  void f35ShouldKeepATextOfExactlyTheLimit() {
    assertEquals("x".repeat(256), PlainText.WORD.of("x".repeat(256)));
    assertEquals(256, PlainText.WORD.of("x".repeat(257)).length());
  }

  @Test
  void f35ShouldTakeTemplatesForText() {
    for (String template : List.of("%s %n %d", "${jndi:ldap://x}", "{{ .Values.x }}", "{}", "$1")) {
      assertEquals(template, PlainText.MESSAGE.of(template));
    }
  }

  @Test
  void shouldKeepAPaddedStateApartFromTheWord() {
    assertEquals("success", PlainText.verbatim("success"));
    assertEquals(" success ", PlainText.verbatim(" success "));
    assertEquals("success\ufffd", PlainText.verbatim("success\n"));
    assertEquals("", PlainText.verbatim(""));
    assertEquals(256, PlainText.verbatim("x".repeat(300)).length());
    assertEquals("x".repeat(256), PlainText.verbatim("x".repeat(256)));
  }

  @Test
  void f34ShouldMaskASecretThatTheCutDivides() {
    String token = "ghp_0123456789abcdefghij";
    for (int before = 900; before < 2_100; before++) {
      String text = "x ".repeat(before / 2) + token + " is the end " + "of it ".repeat(300);

      String shown = PlainText.MESSAGE.of(text);

      assertFalse(shown.contains("ghp_01"), shown);
      assertTrue(shown.length() <= 1024);
    }
  }

  @Test
  void f35ShouldReadNoMoreOfATextThanItCanShow() {
    for (String part : List.of("password of the user ", "password is ", "\u5bc6\u7801 ", "x ")) {
      PlainText.MESSAGE.of(part);
      long small = allocatedBy(part.repeat(4_096 / part.length()));
      long large = allocatedBy(part.repeat(1_024_000 / part.length()));

      assertTrue(large <= 2 * small, () -> part + ": " + large + " instead of " + small + " bytes");
    }
  }

  /** Memory is counted exactly, other than time, and grows with what is read. */
  private static long allocatedBy(String text) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    PlainText.MESSAGE.of(text);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void f28ShouldBeIdempotentOnAnyText() {
    long seed = 20261123;
    Random random = new Random(seed);
    String marks = "password=\"bearer :LTAI-----BEGIN X-----\\{}'\n\u202e\ud800😀中 ";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder raw = new StringBuilder();
      for (int n = random.nextInt(60); n > 0; n--) {
        int from = random.nextInt(marks.length());
        raw.append(marks, from, Math.min(marks.length(), from + random.nextInt(12)));
      }
      for (PlainText kind : PlainText.values()) {
        String once = kind.of(raw.toString());
        assertEquals(
            once, kind.of(once), () -> "seed " + seed + ": " + raw.chars().boxed().toList());
      }
    }
  }
}
