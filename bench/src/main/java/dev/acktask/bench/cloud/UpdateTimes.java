package dev.acktask.bench.cloud;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/**
 * The time {@code updated} of each version of a task, one second after that of the one before. More
 * than a month after the creation: no duration counts, so that no running task is slower than usual
 * and gets a write for it while nothing changes.
 */
final class UpdateTimes {
  private static final OffsetDateTime FIRST = OffsetDateTime.parse("2026-02-20T10:14:30+08:00");
  private static final int PREPARED = 1_024;

  private final String[] prepared = new String[PREPARED];
  private final boolean frozen;

  /**
   * @param frozen true gives all versions the time of the first
   */
  UpdateTimes(boolean frozen) {
    this.frozen = frozen;
    for (int version = 0; version < PREPARED; version++) {
      prepared[version] = formatted(version);
    }
  }

  /** RFC 3339, as the cloud sends it. */
  String of(int version) {
    int moved = frozen ? 0 : version;
    return moved < PREPARED ? prepared[moved] : formatted(moved);
  }

  private static String formatted(int version) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(FIRST.plusSeconds(version));
  }
}
