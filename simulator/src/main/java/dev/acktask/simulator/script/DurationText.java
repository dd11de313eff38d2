package dev.acktask.simulator.script;

import dev.acktask.simulator.yaml.YamlMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90s}, {@code 1m30s}, {@code 2h}, {@code 250ms}. */
public final class DurationText {
  /** For messages about a duration that is not one. */
  public static final String EXPECTED = "expected a duration such as 30s, 1m30s, 2h or 250ms";

  private static final Pattern SHAPE =
      Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,7})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private DurationText() {}

  public static Optional<Duration> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofHours(number(matcher, 1))
            .plusMinutes(number(matcher, 2))
            .plusSeconds(number(matcher, 3))
            .plusMillis(number(matcher, 4)));
  }

  /** The duration at {@code key}, which is required. */
  public static Duration in(YamlMapping mapping, String key) {
    return mapping.parsed(key, DurationText::parse, EXPECTED);
  }

  /** The shortest such text; parts of a millisecond are dropped. */
  public static String of(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
