package dev.acktask.operator.liveness;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import dev.acktask.operator.liveness.ServerVersions.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the watch delivers, told by its result: what is on the API server must be known here
 * soon. Neither the age of a connection nor the time since the last event tells that, because a
 * dead watch and a quiet one look alike, and one that reconnects again and again may deliver.
 *
 * <p>The cache may as well know more than the API server: after etcd was restored from a backup the
 * objects have older versions, of which no watch tells. Both directions count alike.
 */
final class WatchComparison {
  private static final String GONE = "";

  private final Duration patience;
  private final LongSupplier nanoTime;
  private Map<String, Lag> lags = Map.of();

  /**
   * A difference between the API server and the cache.
   *
   * @param namespace where it was listed; for a deletion empty
   * @param version the oldest one that is missing in the cache, or the one of the cache that the
   *     API server does not have, or {@link #GONE} for a deletion
   * @param isAhead true when the cache has the newer one
   * @param since when that was first found
   */
  private record Lag(String namespace, String version, boolean isAhead, long since) {}

  /**
   * @param patience how long the same change may be missing; longer than the client waits before it
   *     reconnects
   */
  WatchComparison(Duration patience, LongSupplier nanoTime) {
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /**
   * Says dead when the same change has been missing for too long. Of a namespace that was not
   * listed nothing new is known: what was missing there is remembered, and not counted now.
   *
   * @param here resourceVersion by uid as the watch has brought it, without the given namespaces;
   *     read after the other
   */
  Liveness compare(State onServer, Function<Set<String>, Map<String, String>> here) {
    long now = nanoTime.getAsLong();
    Map<String, Lag> still = new HashMap<>();
    Map<String, String> known = here.apply(onServer.failures().keySet());
    onServer
        .versions()
        .forEach((namespace, versions) -> findMissing(namespace, versions, known, now, still));
    findUndeleted(onServer, known, now, still);
    List<Lag> overdue =
        still.values().stream().filter(lag -> now - lag.since >= patience.toNanos()).toList();
    if (!onServer.failures().isEmpty()) {
      still.putAll(unlisted(onServer, here));
    }
    lags = still;
    if (overdue.isEmpty()) {
      return new Liveness.Alive();
    }
    String cause =
        overdue.stream().anyMatch(Lag::isAhead)
            ? "the API server has older objects than the cache, was etcd restored?"
            : "the watch is dead: for %d s it has not delivered changes"
                .formatted(patience.toSeconds());
    return new Liveness.Dead(cause + "; objects=" + overdue.size());
  }

  private void findMissing(
      String namespace,
      Map<String, String> onServer,
      Map<String, String> here,
      long now,
      Map<String, Lag> still) {
    onServer.forEach(
        (uid, version) -> {
          String known = here.get(uid);
          Lag before = lags.get(uid);
          if (isBehind(known, version)) {
            // An object that is edited all the time is always a little behind, but gets on. A
            // cache that was ahead misses this change only since now.
            boolean same = before != null && !before.isAhead && isBehind(known, before.version);
            still.put(uid, same ? before : new Lag(namespace, version, false, now));
          } else if (!version.equals(known)) {
            // The cache is read last and may be ahead for a moment. A version that the API server
            // still lacks at a later comparison was lost: etcd was restored from a backup.
            boolean same = before != null && before.isAhead && isBehind(version, before.version);
            still.put(uid, same ? before : new Lag(namespace, String.valueOf(known), true, now));
          }
        });
  }

  private void findUndeleted(
      State onServer, Map<String, String> here, long now, Map<String, Lag> still) {
    Set<String> undeleted = new HashSet<>(here.keySet());
    onServer.versions().values().forEach(versions -> undeleted.removeAll(versions.keySet()));
    for (String uid : undeleted) {
      Lag before = lags.get(uid);
      boolean same = before != null && before.version.equals(GONE);
      still.put(uid, same ? before : new Lag("", GONE, false, now));
    }
  }

  /**
   * What was missing in the namespaces that were not listed this time. Of one that is forbidden the
   * watch brings nothing either.
   */
  private Map<String, Lag> unlisted(
      State onServer, Function<Set<String>, Map<String, String>> here) {
    if (lags.isEmpty()) {
      return Map.of();
    }
    Set<String> unlisted = new HashSet<>();
    Set<String> others = new HashSet<>(onServer.listed());
    onServer
        .failures()
        .forEach(
            (namespace, why) -> {
              boolean isForbidden = why.kind() == ApiServerFailure.Kind.FORBIDDEN;
              (isForbidden ? others : unlisted).add(namespace);
            });
    Map<String, String> known = here.apply(others);
    Map<String, Lag> kept = new HashMap<>();
    lags.forEach(
        (uid, lag) -> {
          // An object that is in the cache tells its namespace itself, also after its deletion.
          if (lag.version.equals(GONE)
              ? known.containsKey(uid)
              : unlisted.contains(lag.namespace)) {
            kept.put(uid, lag);
          }
        });
    return kept;
  }

  /**
   * How many of the changes that the last comparison did not find in the cache are still missing.
   *
   * @param age only those that were first found so long ago
   * @param here as the watch has brought it by now
   */
  long missing(Duration age, Supplier<Map<String, String>> here) {
    if (lags.isEmpty()) {
      return 0;
    }
    long now = nanoTime.getAsLong();
    Map<String, String> known = here.get();
    return lags.entrySet().stream()
        .filter(lag -> now - lag.getValue().since >= age.toNanos())
        .filter(lag -> isMissing(lag.getValue(), known.get(lag.getKey())))
        .count();
  }

  private static boolean isMissing(Lag lag, @Nullable String known) {
    if (lag.isAhead) {
      return false; // no change is missing
    }
    return lag.version.equals(GONE) ? known != null : isBehind(known, lag.version);
  }

  /** Starts anew, when the time since the last comparison proves nothing. */
  void forget() {
    lags = Map.of();
  }

  /** Versions of one object are decimal numbers that grow, except when etcd is restored. */
  private static boolean isBehind(@Nullable String known, String version) {
    if (known == null) {
      return true;
    }
    int byLength = Integer.compare(known.length(), version.length());
    return byLength == 0 ? known.compareTo(version) < 0 : byLength < 0;
  }
}
