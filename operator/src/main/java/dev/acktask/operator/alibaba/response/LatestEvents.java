package dev.acktask.operator.alibaba.response;

import dev.acktask.operator.task.TaskInfo.Event;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest {@code max} events in bounded memory. The order of the answer is not documented,
 * so the timestamp decides; an event without a readable one counts as new as the one before it.
 */
final class LatestEvents {
  private static final Pattern EPOCH = Pattern.compile("[0-9]{10}|[0-9]{13}");

  private record Dated(Event event, long millis, int index) {}

  private final int max;
  private final List<Dated> kept = new ArrayList<>();
  private long lastMillis = Long.MIN_VALUE;
  private int added;

  LatestEvents(int max) {
    this.max = max;
  }

  void add(Event event) {
    lastMillis = millis(event.timestamp()).orElse(lastMillis);
    kept.add(new Dated(event, lastMillis, added++));
    if (kept.size() == 2 * max) {
      shrink();
    }
  }

  /** The kept events in the order of the answer. */
  List<Event> events() {
    shrink();
    kept.sort(Comparator.comparingInt(Dated::index));
    return kept.stream().map(Dated::event).toList();
  }

  int dropped() {
    return Math.max(0, added - max);
  }

  private void shrink() {
    if (kept.size() > max) {
      kept.sort(Comparator.comparingLong(Dated::millis).thenComparingInt(Dated::index));
      kept.subList(0, kept.size() - max).clear();
    }
  }

  /** Milliseconds since the epoch from 13 digits, seconds from 10, else RFC 3339. */
  private static OptionalLong millis(@Nullable String timestamp) {
    if (timestamp == null) {
      return OptionalLong.empty();
    }
    String time = timestamp.strip();
    if (EPOCH.matcher(time).matches()) {
      long value = Long.parseLong(time);
      return OptionalLong.of(time.length() == 10 ? value * 1000 : value);
    }
    try {
      return OptionalLong.of(OffsetDateTime.parse(time).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
