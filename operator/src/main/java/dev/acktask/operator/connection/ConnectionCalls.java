package dev.acktask.operator.connection;

import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records what the calls of one version of a connection establish about it: whether the cloud
 * answers, and whether it throttles. An outage, a wrong clock or a refused request says nothing
 * about the connection.
 *
 * <p>The recorded outcome changes at most {@link #CHANGE_BURST} times at once and then once a
 * minute, because each change costs a write. Thread-safe.
 */
final class ConnectionCalls {
  /**
   * How long an answer for one task outweighs a missing permission for another: a changed RAM
   * policy does not take effect everywhere at once. A refused task is polled at least this often.
   */
  static final Duration ANSWER_VALIDITY = Duration.ofMinutes(5);

  /** How long a throttled call counts. */
  static final Duration THROTTLED_VALIDITY = Duration.ofMinutes(1);

  static final int CHANGE_BURST = 5;
  private static final long CHANGE_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private volatile Runnable listener = () -> {};

  private @Nullable CallOutcome latest;
  private @Nullable CallOutcome current;
  private boolean isChangePending;
  private long earliestChange;
  private @Nullable Long answered;
  private @Nullable Long throttled;

  /**
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  ConnectionCalls(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.earliestChange = nanoTime.getAsLong() - (CHANGE_BURST - 1) * CHANGE_NANOS;
  }

  /** Sets the listener that is called when {@link #summary} changes, except by time alone. */
  void onChange(Runnable changed) {
    listener = changed;
  }

  /** Records the result of a poll. */
  void record(TaskLookup result) {
    if (isChange(result)) {
      listener.run();
    }
  }

  /**
   * Records the result of a list. RAM permits lists and polls separately, so a list says nothing
   * about the permission to poll: neither does a forbidden one withdraw it, nor does an answer
   * restore it.
   */
  void recordList(Listing<?> result) {
    if (isChangeByList(result)) {
      listener.run();
    }
  }

  /** What the calls have established up to now. */
  synchronized CallSummary summary() {
    long now = nanoTime.getAsLong();
    long untilChange = earliestChange - now;
    boolean isDelayed = untilChange > 0 && !Objects.equals(latest, current);
    long throttledFor =
        throttled == null ? 0 : Math.max(0, throttled + THROTTLED_VALIDITY.toNanos() - now);
    return new CallSummary(
        isDelayed ? current : latest,
        throttledFor > 0,
        shortest(isDelayed ? untilChange : 0, throttledFor));
  }

  private synchronized boolean isChange(TaskLookup result) {
    long now = nanoTime.getAsLong();
    return switch (result) {
      case TaskLookup.Found found -> answer(now);
      case TaskLookup.Unchanged unchanged -> answer(now);
      case TaskLookup.NotFound missing -> answer(now);
      case TaskLookup.Throttled slow -> {
        boolean isNew = throttled == null || now - throttled >= THROTTLED_VALIDITY.toNanos();
        throttled = now;
        yield isNew;
      }
      case TaskLookup.Rejected rejected -> refusal(rejected, now);
      case TaskLookup.Unavailable outage -> false;
    };
  }

  private synchronized boolean isChangeByList(Listing<?> result) {
    return switch (result) {
      case Listing.Listed<?> listed -> !isForbidden(latest) && takeAnswer();
      case Listing.Failed<?> failed -> !isForbidden(failed.cause()) && isChange(failed.cause());
    };
  }

  private boolean takeAnswer() {
    return take(new CallOutcome.Answered(), nanoTime.getAsLong());
  }

  private static boolean isForbidden(@Nullable CallOutcome outcome) {
    return outcome instanceof CallOutcome.Refused refused && refused.cause() == Refusal.FORBIDDEN;
  }

  private static boolean isForbidden(TaskLookup.NoAnswer cause) {
    return cause instanceof Rejected rejected && rejected.cause() == Refusal.FORBIDDEN;
  }

  private boolean answer(long now) {
    answered = now;
    return take(new CallOutcome.Answered(), now);
  }

  private boolean refusal(Rejected rejected, long now) {
    return switch (rejected.cause()) {
      case UNAUTHORIZED, CREDENTIALS_MISSING, CREDENTIALS_INVALID, ROLE_NOT_ASSUMABLE ->
          take(new CallOutcome.Refused(rejected.cause(), rejected.message()), now);
      case FORBIDDEN ->
          !isAnsweredLately(now)
              && take(new CallOutcome.Refused(rejected.cause(), rejected.message()), now);
      case CLUSTER_NOT_ALLOWED -> answer(now);
      case CLOCK_SKEW,
          INVALID_REQUEST,
          CONNECTION_NOT_FOUND,
          CONNECTION_NOT_ALLOWED,
          CONNECTION_INVALID,
          CONNECTION_SUSPENDED ->
          false;
    };
  }

  private boolean isAnsweredLately(long now) {
    return latest instanceof CallOutcome.Answered
        && answered != null
        && now - answered < ANSWER_VALIDITY.toNanos();
  }

  /** Takes in an outcome; true if it has to be reported, at once or after a delay. */
  private boolean take(CallOutcome outcome, long now) {
    if (!Objects.equals(latest, current) && now - earliestChange >= 0) {
      change(now); // became current by time alone
    }
    latest = outcome;
    if (outcome.equals(current)) {
      return false;
    }
    if (now - earliestChange >= 0) {
      change(now);
      return true;
    }
    boolean isFirstPending = !isChangePending;
    isChangePending = true;
    return isFirstPending; // its summary has the time of the change; later ones need no other timer
  }

  private void change(long now) {
    current = latest;
    isChangePending = false;
    // A bucket of CHANGE_BURST permits, with one more for each CHANGE_NANOS.
    long full = now - (CHANGE_BURST - 1) * CHANGE_NANOS;
    earliestChange = (earliestChange - full > 0 ? earliestChange : full) + CHANGE_NANOS;
  }

  private static @Nullable Duration shortest(long first, long second) {
    long least = first == 0 ? second : second == 0 ? first : Math.min(first, second);
    return least == 0 ? null : Duration.ofNanos(least);
  }
}
