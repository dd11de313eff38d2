package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.acktask.operator.alibaba.SampleTask;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts that are cut because of their depth are validated as strictly as by Jackson. */
final class JsonDepthLimiterTest {
  private static final int TEXTS = 60_000;
  private static final List<String> PIECES =
      List.of(
          "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\":", "\\", "\\n", "\\u00e9", "\\u00g0",
          "1", "-", "0", "01", "1.5", "1.", ".5", "1e5", "1E+5", "1e", "-0", "true", "false",
          "null", "nul", "NaN", " ", "\n", "\t", "\r", "\f", "\u00a0", "é", "😀", "\u0000",
          "\u001f", "'", "/", "//", "/**/", "#");

  @Test
  void shouldReturnTheSameTextWhenNothingIsDeep() {
    String text = SampleTask.OFFICIAL;

    assertSame(text, JsonDepthLimiter.cut(text).orElseThrow());
  }

  @Test
  void shouldKeepTheLastLevelAndReplaceTheNext() {
    String deepest = "[".repeat(40) + "1" + "]".repeat(40);
    assertSame(deepest, JsonDepthLimiter.cut(deepest).orElseThrow());

    assertEquals(
        "[".repeat(40) + "null,\"}]\",null" + "]".repeat(40),
        JsonDepthLimiter.cut("[".repeat(40) + "{\"]\":[1]},\"}]\",[ ]" + "]".repeat(40))
            .orElseThrow());
  }

  @Test
  void shouldDetectExactlyTheDocumentsWithTooManyLevels() throws IOException {
    // given
    String deepest = "[".repeat(20) + "{\"a\":".repeat(20);

    // then
    assertTrue(isShallow(deepest));
    assertFalse(isShallow(deepest + "["));
    assertFalse(isShallow(deepest + "{"));
    assertTrue(isShallow(deepest + "}]{["), "a closing bracket ends a level");
    assertTrue(isShallow("\"" + "[".repeat(100) + "\""), "brackets in a text open no level");
    assertTrue(isShallow("\"\\\"" + "[".repeat(100) + "\""), "an escaped quote ends no text");
    assertFalse(isShallow("\"\\\\\"" + "[".repeat(100)), "an escaped backslash escapes nothing");
    assertFalse(isShallow("\"" + " ".repeat(20_000) + "\"" + "[".repeat(41)), "several buffers");
  }

  private static boolean isShallow(String json) throws IOException {
    return JsonDepthLimiter.isShallow(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void shouldRefuseAMalformedDeepPart() {
    for (String deep : List.of("[}", "{]", "[1,]", "{\"a\"}", "['a']", "[\"", "[\"\\", "[01]")) {
      assertTrue(JsonDepthLimiter.cut("[".repeat(40) + deep + "]".repeat(40)).isEmpty(), deep);
    }
  }

  @Test
  void shouldRefuseMoreClosingThanOpeningBrackets() {
    assertTrue(JsonDepthLimiter.cut("}" + "{\"a\":".repeat(100)).isEmpty());
  }

  @Test
  void shouldAcceptExactlyWhatJacksonAccepts() {
    long seed = Long.getLong("acktask.fuzz.seed", System.nanoTime());
    System.out.println("JsonDepthLimiterTest seed " + seed);
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text = random.nextBoolean() ? randomPieces(random) : damagedValue(random);
      boolean isJson = isOneValueForJackson(text);
      accepted += isJson ? 1 : 0;

      assertEquals(
          isJson,
          JsonDepthLimiter.end(text, 0) == text.length(),
          () -> "seed " + seed + ": " + text);
    }
    assertTrue(accepted > TEXTS / 100, "too few valid texts: " + accepted);
  }

  @Test
  void shouldCheckADeepValueWithoutRecursion() {
    String deep = "{\"a\":[".repeat(500_000) + "]}".repeat(500_000);

    assertEquals(deep.length(), JsonDepthLimiter.end(deep, 0));
    assertFalse(JsonDepthLimiter.end(deep.substring(0, deep.length() - 1), 0) > 0);

    String longText = "[\"" + "\\n\\u00e9é".repeat(500_000) + "\"]";
    assertEquals(longText.length(), JsonDepthLimiter.end(longText, 0));
  }

  private static String randomPieces(Random random) {
    StringBuilder text = new StringBuilder("[");
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.append(']').toString();
  }

  private static String damagedValue(Random random) {
    StringBuilder text = new StringBuilder();
    value(random, text, 0, true);
    if (random.nextBoolean()) {
      int at = 1 + random.nextInt(text.length());
      text.insert(Math.min(at, text.length() - 1), PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static void value(Random random, StringBuilder text, int depth, boolean container) {
    int kind = container ? random.nextInt(2) : depth > 4 ? 2 : random.nextInt(4);
    switch (kind) {
      case 0 -> {
        text.append('{');
        for (int i = random.nextInt(3); i > 0; i--) {
          text.append("\"n").append(i).append("\" :");
          value(random, text, depth + 1, false);
          text.append(i > 1 ? ", " : "");
        }
        text.append('}');
      }
      case 1 -> {
        text.append('[');
        for (int i = random.nextInt(3); i > 0; i--) {
          value(random, text, depth + 1, false);
          text.append(i > 1 ? "," : "");
        }
        text.append(']');
      }
      default ->
          text.append(
              List.of("0", "-1.5e-3", "\"\\u20ac\\n\"", "true", "null", "\"\"", "12")
                  .get(random.nextInt(7)));
    }
  }

  private static boolean isOneValueForJackson(String text) {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      if (json.nextToken() == null || !json.currentToken().isStructStart()) {
        return false;
      }
      json.skipChildren();
      int end = (int) json.currentLocation().getCharOffset();
      return end == text.length();
    } catch (IOException e) {
      return false;
    }
  }
}
