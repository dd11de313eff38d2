package dev.acktask.simulator.cli;

import dev.acktask.simulator.script.DurationText;
import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/** {@code 200ms}, or {@code 50ms-300ms} for a time drawn between the two. */
record LatencyRange(Duration least, Duration most) {
  static LatencyRange parse(String text) {
    int dash = text.indexOf('-');
    Duration least = duration(dash < 0 ? text : text.substring(0, dash));
    Duration most = dash < 0 ? least : duration(text.substring(dash + 1));
    if (most.compareTo(least) < 0) {
      throw new TypeConversionException("'" + text + "' goes from more to less");
    }
    return new LatencyRange(least, most);
  }

  static Duration duration(String text) {
    return DurationText.parse(text)
        .orElseThrow(() -> new TypeConversionException("'" + text + "': " + DurationText.EXPECTED));
  }
}
