package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class BoundedTextTest {
  @Test
  void shouldKeepAShortTextAndMarkALongOne() {
    assertEquals("abc", BoundedText.of("abc", 3));
    assertEquals("ab…", BoundedText.of("abcd", 3));
  }

  @Test
  void shouldNotCutThroughASurrogatePair() {
    assertEquals("a…", BoundedText.of("a😀bc", 3));
    assertEquals("😀…", BoundedText.of("😀abc", 3));
  }

  @Test
  void shouldQuoteAValueOnOneBoundedLine() {
    assertEquals("\"a?b\"", BoundedText.quoted("a\nb"));
    assertEquals("\"" + "x".repeat(59) + "…\"", BoundedText.quoted("x".repeat(61)));
  }
}
