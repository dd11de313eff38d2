package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cost of the rules on any text: two linear passes. */
final class RedactionCostTest {
  static Stream<String> pieces() {
    return Stream.of(
            SecretRulesTest.NOISE.stream(),
            SecretRulesTest.NAMED.stream(),
            SecretRulesTest.SPOKEN.stream(),
            SecretRulesTest.SHAPED.stream(),
            Stream.of("password of the user ", "password is ", "\u5bc6\u7801 ", "password (a) "))
        .flatMap(pieces -> pieces)
        .filter(piece -> !piece.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void shouldScanATextAtMostTwice(String piece) {
    // given
    String text = piece.replace("N", "password").repeat(4_096 / piece.length());
    AtomicInteger scanned = new AtomicInteger();
    Redaction counting =
        new Redaction(
            Redaction.BUILT_IN,
            rules ->
                scan -> {
                  scanned.addAndGet(scan.length());
                  return rules.apply(scan);
                });

    // when
    String masked = counting.text(text);

    // then
    int longest = Math.max(text.length(), masked.length());
    assertTrue(scanned.get() <= 4 * longest, () -> scanned + " of " + text.length());
    assertEquals(masked, Redaction.BUILT_IN.text(masked));
  }

  @Test
  void shouldMaskTheWholeTextWhenTwoPassesAreNotEnough() {
    AtomicInteger passes = new AtomicInteger();
    Redaction unstable =
        new Redaction(
            Redaction.BUILT_IN,
            rules ->
                scan -> {
                  passes.incrementAndGet();
                  return scan + "x";
                });

    assertEquals(Redaction.MASK, unstable.text("some text"));
    assertEquals(2, passes.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "password ",
        "password=",
        "-----BEGIN ",
        "a.b-",
        "token:",
        "\\\\\"",
        "eyJ",
        " ",
        "secret/",
        "secret is ",
        "<password>",
        "<a:password",
        "://",
        "a:@",
        "-p ",
        "-u x ",
        "bearer ",
        "\u5bc6\u7801",
        "\u5bc6\u7801 ",
        "ghp_",
        "abcdef.",
        "@",
        "a:b@c://",
        "password of the ",
        "Ab1",
        "<password>a</",
        "\"auth\":",
        "-pa1",
        "'authorization:",
        "password \"auth\" ",
        "password of x ",
        "password (",
        "secret access ",
        "mysql -p",
        "echo a:b | chpasswd ",
        "identified by ",
        "<a name=\"password\" ",
        "password,",
        "Ab1/"
      })
  void shouldStayLinearOnHostileText(String part) {
    String small = part.repeat(128_000 / part.length());
    String large = part.repeat(1_024_000 / part.length());

    // Eight times the text: eight times the work if linear, 64 times if quadratic. Other work on
    // the machine can disturb one measurement, not three.
    double ratio = Double.MAX_VALUE;
    for (int i = 0; i < 3 && ratio > 24; i++) {
      ratio = Math.min(ratio, (double) cpuNanos(large) / Math.max(cpuNanos(small), 1_000_000));
    }
    double least = ratio;
    assertTrue(least <= 24, () -> "eight times the text took " + least + " times the work");
  }

  private static long cpuNanos(String text) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    Redaction.BUILT_IN.text(text);
    return threads.getCurrentThreadCpuTime() - before;
  }
}
