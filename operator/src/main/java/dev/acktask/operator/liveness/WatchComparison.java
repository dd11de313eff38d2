package dev.acktask.operator.liveness;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the watch delivers, told by its result: what is on the API server must be known here
 * soon. Neither the age of a connection nor the time since the last event tells that, because a
 * dead watch and a quiet one look alike, and one that reconnects again and again may deliver.
 */
final class WatchComparison {
  private static final String GONE = "";

  private final Duration patience;
  private final LongSupplier nanoTime;
  private Map<String, Lag> lags = Map.of();

  /**
   * A change that is known to the API server and not here.
   *
   * @param version the oldest one that is missing, or {@link #GONE} for a deletion
   * @param since when that was first seen
   */
  private record Lag(String version, long since) {}

  /**
   * @param patience how long the same change may be missing; longer than the client waits before it
   *     reconnects
   */
  WatchComparison(Duration patience, LongSupplier nanoTime) {
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /**
   * Says dead when the same change has been missing for too long.
   *
   * @param onServer resourceVersion by uid
   * @param here the same as the watch has brought it, read after the other
   */
  Liveness compare(Map<String, String> onServer, Map<String, String> here) {
    long now = nanoTime.getAsLong();
    Map<String, Lag> still = new HashMap<>();
    onServer.forEach(
        (uid, version) -> {
          if (isBehind(here.get(uid), version)) {
            Lag before = lags.get(uid);
            // An object that is edited all the time is always a little behind, but gets on.
            boolean same = before != null && isBehind(here.get(uid), before.version);
            still.put(uid, same ? before : new Lag(version, now));
          }
        });
    here.forEach(
        (uid, version) -> {
          if (!onServer.containsKey(uid)) {
            Lag before = lags.get(uid);
            boolean same = before != null && before.version.equals(GONE);
            still.put(uid, same ? before : new Lag(GONE, now));
          }
        });
    lags = still;
    long missing =
        still.values().stream().filter(lag -> now - lag.since >= patience.toNanos()).count();
    return missing == 0
        ? new Liveness.Alive()
        : new Liveness.Dead(
            "the watch is dead: for %d s it has not delivered changes; objects=%d"
                .formatted(patience.toSeconds(), missing));
  }

  /** Starts anew, when the time since the last comparison proves nothing. */
  void forget() {
    lags = Map.of();
  }

  /** Versions of one object are decimal numbers that only grow. */
  private static boolean isBehind(@Nullable String known, String version) {
    if (known == null) {
      return true;
    }
    int byLength = Integer.compare(known.length(), version.length());
    return byLength == 0 ? known.compareTo(version) < 0 : byLength < 0;
  }
}
