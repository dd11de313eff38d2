package dev.acktask.operator.health;

import dev.acktask.operator.health.ResourceVersionReader.State;
import dev.acktask.operator.kubernetes.ApiServerFailure;
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
 * The informer cache compared with the API server. A change on the API server must reach the cache
 * within a time limit. The age of a connection and the time since the last event prove nothing: a
 * dead watch is no different from a quiet one, and a watch that reconnects often may still deliver.
 *
 * <p>A cache that is ahead of the API server counts as stale too: after etcd was restored from a
 * backup, the objects have older versions, and no watch reports them.
 */
final class InformerStaleness {
  private static final String GONE = "";

  private final String kind;
  private final Duration maxStaleness;
  private final LongSupplier nanoTime;
  private Map<String, Lag> lags = Map.of();

  /**
   * A difference between the API server and the cache.
   *
   * @param namespace where the object was listed; empty for a deletion
   * @param version oldest version that is missing in the cache; or the version in the cache that
   *     the API server lacks; or {@link #GONE} for a deletion
   * @param isAhead true if the cache has the newer version
   * @param since time of the comparison that found the difference first, in nanoseconds
   */
  private record Lag(String namespace, String version, boolean isAhead, long since) {}

  /**
   * @param kind of the objects, for messages
   * @param maxStaleness how long one change may be missing; longer than the reconnect delay of the
   *     client
   */
  InformerStaleness(String kind, Duration maxStaleness, LongSupplier nanoTime) {
    this.kind = kind;
    this.maxStaleness = maxStaleness;
    this.nanoTime = nanoTime;
  }

  /**
   * Compares both and remembers the differences. Dead if one change has been missing for {@code
   * maxStaleness}. Differences in a namespace that was not listed are kept but not counted.
   *
   * @param onServer read before the cache
   * @param cached resourceVersion by uid in the cache, without the given namespaces
   */
  Health compare(State onServer, Function<Set<String>, Map<String, String>> cached) {
    long now = nanoTime.getAsLong();
    Map<String, Lag> current = new HashMap<>();
    Map<String, String> known = cached.apply(onServer.failures().keySet());
    onServer
        .versions()
        .forEach((namespace, versions) -> findMissing(namespace, versions, known, now, current));
    findUndeleted(onServer, known, now, current);
    List<Lag> overdue =
        current.values().stream().filter(lag -> now - lag.since >= maxStaleness.toNanos()).toList();
    if (!onServer.failures().isEmpty()) {
      current.putAll(unlisted(onServer, cached));
    }
    lags = current;
    if (overdue.isEmpty()) {
      return new Health.Alive();
    }
    String cause =
        overdue.stream().anyMatch(Lag::isAhead)
            ? "the API server has older objects than the cache, was etcd restored?"
            : "the watch is dead: for %d s it has not delivered changes"
                .formatted(maxStaleness.toSeconds());
    return new Health.Dead(cause + "; kind=" + kind + ", objects=" + overdue.size());
  }

  private void findMissing(
      String namespace,
      Map<String, String> onServer,
      Map<String, String> cached,
      long now,
      Map<String, Lag> current) {
    onServer.forEach(
        (uid, version) -> {
          String known = cached.get(uid);
          Lag before = lags.get(uid);
          if (isBehind(known, version)) {
            // An object with frequent edits always lags a little, but the missing version changes.
            // After a cache that was ahead, the change is missing only from now on.
            boolean same = before != null && !before.isAhead && isBehind(known, before.version);
            current.put(uid, same ? before : new Lag(namespace, version, false, now));
          } else if (!version.equals(known)) {
            // The cache is read last and may be ahead for a moment. If the API server still lacks
            // the version at a later comparison, etcd was restored from a backup.
            boolean same = before != null && before.isAhead && isBehind(version, before.version);
            current.put(uid, same ? before : new Lag(namespace, String.valueOf(known), true, now));
          }
        });
  }

  private void findUndeleted(
      State onServer, Map<String, String> cached, long now, Map<String, Lag> current) {
    Set<String> undeleted = new HashSet<>(cached.keySet());
    onServer.versions().values().forEach(versions -> undeleted.removeAll(versions.keySet()));
    for (String uid : undeleted) {
      Lag before = lags.get(uid);
      boolean same = before != null && before.version.equals(GONE);
      current.put(uid, same ? before : new Lag("", GONE, false, now));
    }
  }

  /**
   * The earlier differences in namespaces that were not listed this time. Forbidden namespaces are
   * left out, because they cannot be watched either.
   */
  private Map<String, Lag> unlisted(
      State onServer, Function<Set<String>, Map<String, String>> cached) {
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
    Map<String, String> known = cached.apply(others);
    Map<String, Lag> kept = new HashMap<>();
    lags.forEach(
        (uid, lag) -> {
          // The cache gives the namespace of a deleted object.
          if (lag.version.equals(GONE)
              ? known.containsKey(uid)
              : unlisted.contains(lag.namespace)) {
            kept.put(uid, lag);
          }
        });
    return kept;
  }

  /**
   * Counts the changes that the last comparison found missing and that are still missing.
   *
   * @param age minimum time since a change was first found missing
   * @param cached current resourceVersion by uid in the cache
   */
  long missing(Duration age, Supplier<Map<String, String>> cached) {
    if (lags.isEmpty()) {
      return 0;
    }
    long now = nanoTime.getAsLong();
    Map<String, String> known = cached.get();
    return lags.entrySet().stream()
        .filter(lag -> now - lag.getValue().since >= age.toNanos())
        .filter(lag -> isMissing(lag.getValue(), known.get(lag.getKey())))
        .count();
  }

  private static boolean isMissing(Lag lag, @Nullable String known) {
    if (lag.isAhead) {
      return false; // the cache has a newer version
    }
    return lag.version.equals(GONE) ? known != null : isBehind(known, lag.version);
  }

  /** Forgets all differences; for use after a pause in which the watch could not deliver. */
  void reset() {
    lags = Map.of();
  }

  /** Versions of one object are growing decimal numbers, except after a restore of etcd. */
  private static boolean isBehind(@Nullable String known, String version) {
    if (known == null) {
      return true;
    }
    int byLength = Integer.compare(known.length(), version.length());
    return byLength == 0 ? known.compareTo(version) < 0 : byLength < 0;
  }
}
