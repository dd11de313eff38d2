package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SafeTextTest {
  @Test
  @Tag("F28")
  void shouldReplaceHiddenCharacters() {
    assertEquals("a b c d", SafeText.MESSAGE.of("a\nb\rc\td"));
    for (String hidden :
        List.of(
            "\u0000", "\u001b", "\u0085", "\u202e", "\u2066", "\u200f", "\ud800", "\udc00",
            "\u2028", "\ufeff")) {
      assertEquals("x\ufffdy", SafeText.MESSAGE.of("x" + hidden + "y"));
    }
    assertEquals("中 é e\u0301 😀", SafeText.MESSAGE.of("中 é e\u0301 😀"));
  }

  @Test
  @Tag("F32")
  void shouldTrim() {
    assertEquals("c1", SafeText.WORD.of("c1\n"));
    assertNull(SafeText.WORD.orNull(" \n "));
    assertNull(SafeText.WORD.orNull(null));
  }

  @Test
  @Tag("F35")
  void shouldBoundWithoutSplittingACharacter() {
    String cut = SafeText.MESSAGE.of("x".repeat(1_000_000));
    assertEquals(1024, cut.length());
    assertTrue(cut.endsWith("…"));
    String pairs = SafeText.MESSAGE.of("😀".repeat(1_000));
    assertTrue(pairs.length() <= 1024);
    assertFalse(Character.isHighSurrogate(pairs.charAt(pairs.length() - 2)));
  }

  @Test
  @Tag("F35")
  void shouldKeepATextOfExactlyTheLimit() {
    assertEquals("x".repeat(256), SafeText.WORD.of("x".repeat(256)));
    assertEquals(256, SafeText.WORD.of("x".repeat(257)).length());
  }

  @Test
  @Tag("F35")
  void shouldKeepTemplatesAsText() {
    for (String template : List.of("%s %n %d", "${jndi:ldap://x}", "{{ .Values.x }}", "{}", "$1")) {
      assertEquals(template, SafeText.MESSAGE.of(template));
    }
  }

  @Test
  void shouldDistinguishAPaddedStateFromTheExactOne() {
    assertEquals("success", SafeText.verbatim("success"));
    assertEquals(" success ", SafeText.verbatim(" success "));
    assertEquals("success\ufffd", SafeText.verbatim("success\n"));
    assertEquals("", SafeText.verbatim(""));
    assertEquals(256, SafeText.verbatim("x".repeat(300)).length());
    assertEquals("x".repeat(256), SafeText.verbatim("x".repeat(256)));
  }

  @Test
  @Tag("F34")
  void shouldMaskASecretThatIsDividedByTheCut() {
    String token = "ghp_0123456789abcdefghij";
    for (int before = 900; before < 2_100; before++) {
      String text = "x ".repeat(before / 2) + token + " is the end " + "of it ".repeat(300);

      String safe = SafeText.MESSAGE.of(text);

      assertFalse(safe.contains("ghp_01"), safe);
      assertTrue(safe.length() <= 1024);
    }
  }

  @Test
  @Tag("F35")
  void shouldReadLittleMoreThanItKeeps() {
    for (String part : List.of("password of the user ", "password is ", "\u5bc6\u7801 ", "x ")) {
      SafeText.MESSAGE.of(part);
      long small = allocatedBy(part.repeat(4_096 / part.length()));
      long large = allocatedBy(part.repeat(1_024_000 / part.length()));

      assertTrue(large <= 2 * small, () -> part + ": " + large + " instead of " + small + " bytes");
    }
  }

  /** Measures allocated memory, which unlike time is exact and grows with the text that is read. */
  private static long allocatedBy(String text) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    SafeText.MESSAGE.of(text);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  @Tag("F28")
  void shouldBeIdempotentOnAnyText() {
    long seed = 20261123;
    Random random = new Random(seed);
    String marks = "password=\"bearer :LTAI-----BEGIN X-----\\{}'\n\u202e\ud800😀中 ";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder raw = new StringBuilder();
      for (int n = random.nextInt(60); n > 0; n--) {
        int from = random.nextInt(marks.length());
        raw.append(marks, from, Math.min(marks.length(), from + random.nextInt(12)));
      }
      for (SafeText kind : SafeText.values()) {
        String once = kind.of(raw.toString());
        assertEquals(
            once, kind.of(once), () -> "seed " + seed + ": " + raw.chars().boxed().toList());
      }
    }
  }
}
