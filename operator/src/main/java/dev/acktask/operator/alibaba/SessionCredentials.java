package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.CredentialLookup.Missing;
import dev.acktask.operator.alibaba.CredentialLookup.Ready;
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
 * A session credential that is renewed in the background well before it expires. A renewal that
 * fails costs nothing while the present value lasts, and is repeated with growing pauses.
 *
 * <p>Waiting for a session blocks a caller only while there is no usable value at all. Only the end
 * of a session is a time of the wall clock; pauses are not, for they would last as long as that
 * clock is set back.
 */
final class SessionCredentials implements CredentialSource {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCredentials.class);

  /** Of its life, how much may be left of a value when the next one is fetched. */
  private static final int RENEW_IN_LAST_PART = 3;

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** At least this long is between a value and the next one, even when the cloud refuses it. */
  private static final Duration PAUSE_AFTER_SUCCESS = Duration.ofMinutes(1);

  /** A fetch that takes longer hangs, and another one may be started. */
  private static final Duration HANGING = Duration.ofMinutes(1);

  private final Supplier<StsAnswer> sts;
  private final String role;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Executor background;
  private final RandomGenerator random;
  private final Duration patience;

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
   * Starts with no value; the first question fetches one.
   *
   * @param sts asks for one session; may block
   * @param role which session is meant, and of which server, for messages
   * @param nanoTime a monotonic clock, for pauses
   * @param background runs a fetch
   * @param patience how long a question waits when there is no value at all
   */
  SessionCredentials(
      Supplier<StsAnswer> sts,
      String role,
      InstantSource clock,
      LongSupplier nanoTime,
      Executor background,
      RandomGenerator random,
      Duration patience) {
    this.sts = sts;
    this.role = role;
    this.none = missing("The first request for one is under way.");
    this.issued = none;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.renewAt = nanoTime.getAsLong();
    this.notBefore = renewAt;
    this.fetchStarted = renewAt;
    this.background = background;
    this.random = random;
    this.patience = patience;
  }

  @Override
  public CredentialLookup current() {
    CompletableFuture<Void> awaited = renewIfDue();
    CredentialLookup present = present();
    if (awaited == null || present instanceof Ready) {
      return present;
    }
    try {
      awaited.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return present;
    }
    return present();
  }

  @Override
  public synchronized void refused(Credential credential) {
    if (issued instanceof Ready ready && ready.credential() == credential) {
      renewAt = nanoTime.getAsLong();
    }
  }

  private synchronized CredentialLookup present() {
    return clock.instant().isBefore(expiration) ? issued : none;
  }

  /** The fetch that is under way, if any. */
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
          take(number, ask());
          started.complete(null);
        });
    return started;
  }

  private StsAnswer ask() {
    try {
      return sts.get();
    } catch (RuntimeException unexpected) {
      return new StsAnswer.NotIssued(LostAnswer.UNEXPECTED.message());
    }
  }

  private synchronized void take(int number, StsAnswer answer) {
    if (number != fetches) {
      return;
    }
    fetch = null;
    Instant now = clock.instant();
    switch (answer) {
      case StsAnswer.Issued it -> {
        if (it.expiration().isAfter(now)) {
          accept(it.session(), it.expiration(), now);
        } else {
          pause("The session that STS issued is already over. Check the node's clock.");
        }
      }
      case StsAnswer.NotIssued none -> pause(none.reason());
    }
  }

  private Missing missing(String reason) {
    return new Missing("There is no session of " + role + ". " + reason);
  }

  private void accept(Ready session, Instant until, Instant now) {
    issued = session;
    expiration = until;
    Duration life = Duration.between(now, until);
    long took = nanoTime.getAsLong();
    renewAt = took + life.minus(jittered(life.dividedBy(RENEW_IN_LAST_PART))).toNanos();
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
    Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    failures++;
    Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    notBefore = nanoTime.getAsLong() + jittered(bounded).toNanos();
  }

  /** Between three quarters of {@code time} and all of it, so that replicas do not ask in step. */
  private Duration jittered(Duration time) {
    return Duration.ofMillis(time.toMillis() * 3 / 4 + random.nextLong(time.toMillis() / 4 + 1));
  }
}
