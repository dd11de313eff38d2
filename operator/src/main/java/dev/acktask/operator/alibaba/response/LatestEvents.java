package dev.acktask.operator.alibaba.response;

import dev.acktask.operator.task.TaskInfo.Event;
import dev.acktask.operator.text.CloudTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Keeps the newest {@code max} events in bounded memory. The order of the answer is not documented,
 * so the timestamp decides; an event without a readable one counts as new as the one before it.
 */
final class LatestEvents {
  private record Dated(Event event, Instant time, int index) {}

  private final int max;
  private final List<Dated> kept = new ArrayList<>();
  private Instant lastTime = Instant.MIN;
  private int added;

  LatestEvents(int max) {
    this.max = max;
  }

  void add(Event event) {
    lastTime = Objects.requireNonNullElse(CloudTime.written(event.timestamp()), lastTime);
    kept.add(new Dated(event, lastTime, added++));
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
      kept.sort(Comparator.comparing(Dated::time).thenComparingInt(Dated::index));
      kept.subList(0, kept.size() - max).clear();
    }
  }
}
