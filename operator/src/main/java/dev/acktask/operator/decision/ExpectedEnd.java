package dev.acktask.operator.decision;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.estimate.UsualDurations;
import dev.acktask.operator.text.CloudTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a status says about the end of an unfinished task: an estimate, and whether the task takes
 * longer than usual. No verdict depends on it.
 *
 * @param completionTime RFC 3339; null without an estimate
 * @param sampleSize number of tasks of the estimate; null without one
 * @param slowness null unless the task takes longer than usual
 */
record ExpectedEnd(
    @Nullable String completionTime, @Nullable Integer sampleSize, @Nullable Slowness slowness) {
  private static final ExpectedEnd NONE = new ExpectedEnd(null, null, null);

  /**
   * What stays if nothing else changes: the stored estimate, because a new one is worth no write.
   * That the task has become slow is a change itself.
   *
   * @param mirrored the status to be written, without what follows from the estimate
   */
  static ExpectedEnd kept(
      AckTaskSnapshot snapshot, AckTaskStatus mirrored, Verdict verdict, Instant now) {
    Instant start = start(mirrored, verdict);
    if (start == null) {
      return NONE;
    }
    ExpectedEnd stored = stored(snapshot, start);
    return stored.slowness == null
        ? stored.with(slowness(snapshot, mirrored, verdict, now))
        : stored;
  }

  /** The same, with the latest estimate; to be written together with other changes. */
  static ExpectedEnd latest(
      AckTaskSnapshot snapshot, AckTaskStatus mirrored, Verdict verdict, Instant now) {
    Instant start = start(mirrored, verdict);
    UsualDurations usual = snapshot.usualDurations();
    if (start == null || usual == null) {
      return kept(snapshot, mirrored, verdict, now);
    }
    Slowness before = stored(snapshot, start).slowness;
    Slowness latest = slowness(snapshot, mirrored, verdict, now);
    // Once reported it stays, also if more tasks have become known: an alert must not flap.
    Slowness reported = latest == null ? before : latest;
    return usual.isKnown()
        ? new ExpectedEnd(text(start.plus(usual.median())), usual.sampleSize(), reported)
        : NONE.with(reported);
  }

  private ExpectedEnd with(@Nullable Slowness other) {
    return new ExpectedEnd(completionTime, sampleSize, other);
  }

  /** Null for a finished task, and where the start is not known. */
  private static @Nullable Instant start(AckTaskStatus mirrored, Verdict verdict) {
    return verdict.isFinished() ? null : CloudTime.instant(mirrored.createdTime());
  }

  /** Nothing if another client wrote it, or it describes a task that started at another time. */
  private static ExpectedEnd stored(AckTaskSnapshot snapshot, Instant start) {
    AckTaskStatus previous = snapshot.trustedStatus();
    return previous == null
            || !snapshot.operatorWroteStatus()
            || !text(start).equals(previous.startTime())
        ? NONE
        : new ExpectedEnd(
            previous.estimatedCompletionTime(),
            previous.estimateSampleSize(),
            Slowness.stored(previous));
  }

  /** Only of a task that is followed: it may have ended since it was suspended or disappeared. */
  private static @Nullable Slowness slowness(
      AckTaskSnapshot snapshot, AckTaskStatus mirrored, Verdict verdict, Instant now) {
    Instant start = start(mirrored, verdict);
    UsualDurations usual = snapshot.usualDurations();
    return start == null || usual == null || verdict.isSettled() || snapshot.spec().suspended()
        ? null
        : Slowness.of(mirrored, start, usual, now);
  }

  /** True if the status is to say that the task takes longer than usual, and does not yet. */
  static boolean becomesSlow(AckTaskSnapshot snapshot, Instant now) {
    AckTaskStatus status = snapshot.trustedStatus();
    return status != null
        && Slowness.stored(status) == null
        && slowness(snapshot, status, Verdict.of(status), now) != null;
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(SECONDS).toString();
  }
}
