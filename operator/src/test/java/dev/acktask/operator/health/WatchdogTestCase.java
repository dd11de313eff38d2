package dev.acktask.operator.health;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A watchdog in simulated time, with a cache and an API server whose content a test sets. */
abstract class WatchdogTestCase {
  static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
  static final Duration INTERVAL = Duration.ofSeconds(30);

  long now;
  int exits;
  int reads;
  int comparisons;
  boolean authoritiesChanged;
  ApiServerFailure.Kind failure = ApiServerFailure.Kind.UNREACHABLE;

  /** Namespaces that cannot be listed. */
  Set<String> unlisted = Set.of();

  Map<String, String> cachedWithoutUnlisted = Map.of();
  int pages = 1;

  /** Runs after each page of a list. */
  Runnable onPage = () -> {};

  /** Duration of reading one page. */
  Duration pageDuration = Duration.ZERO;

  /** Objects in the only listed namespace; null if the API server does not answer. */
  @Nullable Map<String, String> onServer = Map.of("a", "1");

  /** Objects in the cache; null makes a check fail. */
  @Nullable Map<String, String> cached = Map.of("a", "1");

  final ReconcileTracker reconciles = new ReconcileTracker(() -> now);
  Health polls = new Health.Alive();
  final Watchdog watchdog =
      new Watchdog(
          INTERVAL,
          List.of(reconciles, () -> polls),
          new InformerCacheCheck(
              INTERVAL,
              new Server(),
              except -> except.isEmpty() ? Objects.requireNonNull(cached) : cachedWithoutUnlisted,
              state -> comparisons++,
              () -> authoritiesChanged,
              () -> now),
          () -> now,
          () -> exits++);

  void runChecks(int count) {
    for (int i = 0; i < count; i++) {
      now += INTERVAL.toNanos();
      watchdog.check();
    }
  }

  private ResourceVersionReader.State read(Runnable progress) {
    reads++;
    for (int page = 0; page < pages; page++) {
      now += pageDuration.toNanos();
      progress.run();
      onPage.run();
    }
    Map<String, ApiServerFailure> failures = new HashMap<>();
    ApiServerFailure why = new ApiServerFailure(failure, "");
    (onServer == null ? Set.of("team") : unlisted)
        .forEach(namespace -> failures.put(namespace, why));
    return onServer == null
        ? new ResourceVersionReader.State(Map.of(), failures)
        : new ResourceVersionReader.State(Map.of("team", onServer), failures);
  }

  /** A server whose changes only a list can find. */
  final class Server implements ResourceVersionReader {
    @Override
    public State read(Runnable onPage) {
      return WatchdogTestCase.this.read(onPage);
    }

    @Override
    public boolean mayHaveChanged(Runnable onAnswer) {
      return true;
    }

    @Override
    public String kind() {
      return "AckTask";
    }

    @Override
    public Duration timeout() {
      return READ_TIMEOUT;
    }
  }
}
