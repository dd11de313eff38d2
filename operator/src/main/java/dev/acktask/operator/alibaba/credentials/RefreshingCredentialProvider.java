package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.TransportError;
import dev.acktask.operator.alibaba.credentials.CredentialLookup.Missing;
import dev.acktask.operator.alibaba.credentials.CredentialLookup.Ready;
import dev.acktask.operator.backoff.ExponentialBackoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session credential, renewed in the background well before it expires. A failed renewal has no
 * effect while the current value is valid, and is repeated with growing pauses.
 *
 * <p>A caller blocks only while no usable value exists. Only the end of a session uses the wall
 * clock. Pauses use the monotonic one, because setting the clock back would prolong them.
 */
final class RefreshingCredentialProvider implements CredentialProvider {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshingCredentialProvider.class);

  /** A renewal starts when this part of the lifetime is left: one third. */
  private static final int RENEW_IN_LAST_PART = 3;

  private static final ExponentialBackoff BACKOFF =
      new ExponentialBackoff(Duration.ofSeconds(5), Duration.ofMinutes(5), 0.25);

  /** Shortest time between two values, even when the cloud rejects the first. */
  private static final Duration PAUSE_AFTER_SUCCESS = Duration.ofMinutes(1);

  /** A fetch that takes longer counts as hung, and another one may start. */
  private static final Duration HANGING = Duration.ofMinutes(1);

  /**
   * Where a session comes from.
   *
   * @param request requests one session; may block
   * @param role names the role and the STS host in messages
   */
  record SessionSource(Supplier<StsResponse> request, String role) {}

  private final SessionSource source;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Executor background;
  private final RandomGenerator random;
  private final Duration timeout;

  private Missing none;
  private CredentialLookup issued;
  private Instant expiration = Instant.MIN;
  private long renewAt;
  private long notBefore;
  private @Nullable CompletableFuture<Void> fetch;
  private long fetchStarted;
  private int fetches;
  private int failures;

  /**
   * Starts without a value; the first call fetches one.
   *
   * @param nanoTime a monotonic clock, for pauses
   * @param background runs a fetch
   * @param timeout how long a call waits while no value exists
   */
  RefreshingCredentialProvider(
      SessionSource source,
      InstantSource clock,
      LongSupplier nanoTime,
      Executor background,
      RandomGenerator random,
      Duration timeout) {
    this.source = source;
    this.none = missing("The first request for one is under way.");
    this.issued = none;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.renewAt = nanoTime.getAsLong();
    this.notBefore = renewAt;
    this.fetchStarted = renewAt;
    this.background = background;
    this.random = random;
    this.timeout = timeout;
  }

  @Override
  public CredentialLookup current() {
    CompletableFuture<Void> awaited = renewIfDue();
    CredentialLookup usable = usable();
    if (awaited == null || usable instanceof Ready) {
      return usable;
    }
    try {
      awaited.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return usable;
    }
    return usable();
  }

  @Override
  public synchronized void reportRefused(Credential credential) {
    if (issued instanceof Ready ready && ready.credential() == credential) {
      renewAt = nanoTime.getAsLong();
    }
  }

  private synchronized CredentialLookup usable() {
    return clock.instant().isBefore(expiration) ? issued : none;
  }

  /** Starts a fetch if one is due. Returns the fetch under way, or null. */
  private synchronized @Nullable CompletableFuture<Void> renewIfDue() {
    long now = nanoTime.getAsLong();
    boolean isFetching = fetch != null && now - fetchStarted < HANGING.toNanos();
    boolean isDue = now - renewAt >= 0 || !clock.instant().isBefore(expiration);
    if (isFetching || !isDue || now - notBefore < 0) {
      return isFetching ? fetch : null;
    }
    CompletableFuture<Void> started = new CompletableFuture<>();
    int number = ++fetches;
    fetch = started;
    fetchStarted = now;
    background.execute(
        () -> {
          take(number, requestSession());
          started.complete(null);
        });
    return started;
  }

  private StsResponse requestSession() {
    try {
      return source.request().get();
    } catch (RuntimeException unexpected) {
      return new StsResponse.NotIssued(TransportError.UNEXPECTED.message());
    }
  }

  private synchronized void take(int number, StsResponse answer) {
    if (number != fetches) {
      return;
    }
    fetch = null;
    Instant now = clock.instant();
    switch (answer) {
      case StsResponse.Issued it -> {
        if (it.expiration().isAfter(now)) {
          accept(it.session(), it.expiration(), now);
        } else {
          pause("The session that STS issued is already over. Check the node's clock.");
        }
      }
      case StsResponse.NotIssued none -> pause(none.reason());
    }
  }

  private Missing missing(String reason) {
    return new Missing("There is no session of " + source.role() + ". " + reason);
  }

  private void accept(Ready session, Instant until, Instant now) {
    issued = session;
    expiration = until;
    Duration life = Duration.between(now, until);
    long took = nanoTime.getAsLong();
    // The jitter keeps replicas from calling STS at the same time.
    Duration last = BACKOFF.jittered(life.dividedBy(RENEW_IN_LAST_PART), random.nextDouble());
    renewAt = took + life.minus(last).toNanos();
    notBefore = took + PAUSE_AFTER_SUCCESS.toNanos();
    if (failures > 0) {
      LOG.info("The operator's cloud credential is renewed again");
    }
    failures = 0;
  }

  private void pause(String reason) {
    Missing next = missing(reason);
    if (failures == 0 || !next.equals(none)) {
      LOG.warn("The operator's cloud credential could not be renewed: {}", next.message());
    }
    none = next;
    notBefore = nanoTime.getAsLong() + BACKOFF.pause(failures, random.nextDouble()).toNanos();
    failures++;
  }
}
