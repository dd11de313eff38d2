package dev.acktask.operator.tracing;

import dev.acktask.operator.text.CloudTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses the times of stages, which the cloud writes without a time zone. The zone comes from the
 * configuration.
 */
record StageTimeParser(ZoneId zone) {
  /** Longer than any valid time. */
  private static final int MAX_LENGTH = 40;

  /**
   * The instant of {@code raw}; empty if it is invalid, or ambiguous because clocks were set back.
   */
  Optional<Instant> instant(@Nullable String raw) {
    String text = raw == null ? "" : raw.strip();
    Instant certain = CloudTime.instant(text);
    if (certain != null || text.length() > MAX_LENGTH) {
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
