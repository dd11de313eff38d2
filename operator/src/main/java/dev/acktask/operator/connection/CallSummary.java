package dev.acktask.operator.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one version of a connection have established.
 *
 * @param outcome null before the first call that says something
 * @param isThrottled true if the cloud throttled a call of the last minute
 * @param validFor time until time alone changes this; null if it does not
 */
record CallSummary(
    @Nullable CallOutcome outcome, boolean isThrottled, @Nullable Duration validFor) {
  /** Of a connection without a call. */
  static final CallSummary NONE = new CallSummary(null, false, null);
}
