package dev.acktask.operator.tracing;

import dev.acktask.operator.decision.CloudTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of stages. The cloud writes them without a zone, and only whoever runs the
 * operator can know which one is meant.
 */
record StageTimes(ZoneId zone) {
  /** Longer than any time is. */
  private static final int LONGEST = 40;

  /**
   * The instant that {@code raw} names; empty where it names none, or, when clocks are put back,
   * two.
   */
  Optional<Instant> instant(@Nullable String raw) {
    String text = raw == null ? "" : raw.strip();
    Instant certain = CloudTime.instant(text);
    if (certain != null || text.length() > LONGEST) {
      return Optional.ofNullable(certain);
    }
    try {
      LocalDateTime local = LocalDateTime.parse(text.replace(' ', 'T'));
      List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
      return offsets.size() == 1 ? Optional.of(local.toInstant(offsets.getFirst())) : none();
    } catch (DateTimeException unreadable) {
      return none();
    }
  }

  private static Optional<Instant> none() {
    return Optional.empty();
  }
}
