package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acktask.operator.text.SecretNames.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Invariant S8 for each row of the tables: a canary is masked in every position. */
final class SecretRulesTest {
  private static final String CANARY = "C4n4ry7secretX";
  private static final long SEED = 20261127;

  /** N is the name, C the secret. */
  static final List<String> NAMED =
      List.of(
          "N=C",
          "N: C",
          "N:C",
          "N = 'C'",
          "N := C",
          "N=>C",
          "N:\n  C",
          "\"N\":\"C\"",
          "'N': 'C'",
          "{\\\"N\\\":\\\"C\\\"}",
          "N=\"a, C",
          "[N]=C",
          "--N C",
          "--N=C",
          "<N>C</N>",
          "<N a=\"b\">C",
          "N: {\"a\": \"C\"}",
          "N=[1, \"C\"]",
          "N: bearer C",
          "my_N=C",
          "N_1=C",
          "x.N: C");

  static final List<String> SPOKEN =
      List.of("N C", "the N is C", "N was set to C", "N of the user root: C");

  static final List<String> SHAPED =
      List.of("C", "a C b", "x=C", "(C)", "\"C\"", "/C", "\u4e2dC", "_C", "a:C,b", "C@example.com");

  /** Text before a secret: each piece could start a rule that ends in the wrong place. */
  static final List<String> NOISE =
      List.of(
          "",
          "\"",
          "'",
          "`",
          "\\",
          "password",
          "password=",
          "token: ",
          "bearer ",
          "-p ",
          "-u a ",
          "://",
          "@",
          "<password>",
          "<a>",
          "</a>",
          "{",
          "[",
          ",",
          "|",
          "\n",
          "\u5bc6\u7801",
          "***",
          "not ",
          "is ",
          "a.b",
          "-----END",
          "auth:",
          "Cookie",
          "\uD800",
          "\u202E",
          "x".repeat(100));

  static Stream<String> names() {
    return Stream.concat(
        SecretNames.TABLE.stream().flatMap(row -> row.names().stream()),
        CjkSecretNames.ALL.stream());
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldMaskTheValueOfEachNameInEachPlace(String name) {
    Kind kind = new SecretNames(List.of()).kind(name);
    List<String> places =
        kind == Kind.PASSWORD || kind == Kind.SPOKEN
            ? Stream.concat(NAMED.stream(), SPOKEN.stream()).toList()
            : NAMED;
    for (String place : places) {
      for (String spelled : List.of(name, name.toUpperCase(Locale.ROOT))) {
        check(place.replace("C", CANARY).replace("N", spelled));
      }
    }
  }

  static Stream<String> shapes() {
    return SecretPatterns.TABLE.stream().map(SecretPatterns.Shape::prefix);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void shouldMaskEachShapeInEachPlace(String prefix) {
    for (String place : SHAPED) {
      check(place.replace("C", prefix + "0123456789abcdefghijABCDEFGHIJ" + CANARY));
    }
  }

  @Test
  void shouldMaskRandomText() {
    check("Abcdefghij0123456789" + CANARY);
    String token = "abcdef.0123456789abcdef";
    assertEquals("join ***", Redaction.BUILT_IN.text("join " + token));
  }

  @Test
  void shouldMaskASecretAfterAnyText() {
    Random random = new Random(SEED);
    List<String> names = names().toList();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(5); n > 0; n--) {
        text.append(pick(NOISE, random)).append(random.nextInt(3) == 0 ? " " : "");
      }
      String place = pick(NAMED.subList(0, 10), random);
      text.append(' ').append(place.replace("C", CANARY).replace("N", pick(names, random)));
      text.append(pick(NOISE, random));

      check(text.toString());
    }
  }

  @Test
  void shouldBeIdempotentOnAnyText() {
    Random random = new Random(SEED);
    List<String> pieces = Stream.of(NOISE, NAMED, SPOKEN).flatMap(List::stream).toList();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        text.append(pick(pieces, random).replace("N", "password")).append(random.nextInt(2));
      }
      String once = Redaction.BUILT_IN.text(text.toString());

      assertEquals(once, Redaction.BUILT_IN.text(once), () -> "seed " + SEED + ": " + text);
    }
  }

  private static void check(String text) {
    String masked = Redaction.BUILT_IN.text(text);
    assertFalse(masked.contains(CANARY), () -> "[" + text + "] became [" + masked + "]");
    assertEquals(masked, Redaction.BUILT_IN.text(masked));
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
