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
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session credential that is renewed in the background well before it expires. A renewal that
 * fails costs nothing while the present value lasts, and is repeated with growing pauses.
 *
 * <p>The vendor's own cache renews on the caller's thread, and throws when that fails although the
 * value it holds is good for 15 more minutes.
 */
final class SessionCredentials implements CredentialSource {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCredentials.class);

  /** Of its life, how much may be left of a value when the next one is fetched. */
  private static final int RENEW_IN_LAST_PART = 3;

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** At least this long is between a value and the next one, even when the cloud refuses it. */
  private static final Duration PAUSE_AFTER_SUCCESS = Duration.ofMinutes(1);

  /** A fetch that takes longer hangs: the library bounds each read, not the whole. */
  private static final Duration HANGING = Duration.ofMinutes(1);

  /** One question to STS that is under way; compared by identity. */
  private static final class Fetch {
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private final Instant startedAt;

    private Fetch(Instant startedAt) {
      this.startedAt = startedAt;
    }
  }

  private final Supplier<StsAnswer> sts;
  private final InstantSource clock;
  private final Executor background;
  private final RandomGenerator random;
  private final Duration patience;

  private StsAnswer.@Nullable Issued issued;
  private CredentialLookup failure =
      new Missing("Alibaba Cloud STS has not answered yet. It is asked again.");
  private Instant renewAt = Instant.MIN;
  private Instant notBefore = Instant.MIN;
  private @Nullable Fetch fetching;
  private int failures;

  /**
   * Starts with no value; the first question fetches one.
   *
   * @param background runs a fetch, which may block
   * @param patience how long a question waits when there is no value at all
   */
  SessionCredentials(
      Supplier<StsAnswer> sts,
      InstantSource clock,
      Executor background,
      RandomGenerator random,
      Duration patience) {
    this.sts = sts;
    this.clock = clock;
    this.background = background;
    this.random = random;
    this.patience = patience;
  }

  @Override
  public CredentialLookup current() {
    Fetch awaited = renewIfDue();
    CredentialLookup present = present();
    if (awaited == null || present instanceof Ready) {
      return present;
    }
    try {
      awaited.done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return present;
    }
    return present();
  }

  @Override
  public synchronized void refused(Credential credential) {
    if (issued != null && issued.credential() == credential) {
      renewAt = Instant.MIN;
    }
  }

  private synchronized CredentialLookup present() {
    return issued != null && clock.instant().isBefore(issued.expiration())
        ? new Ready(issued.credential())
        : failure;
  }

  /** The fetch that is under way, if any. */
  private synchronized @Nullable Fetch renewIfDue() {
    Instant now = clock.instant();
    boolean isFetching = fetching != null && now.isBefore(fetching.startedAt.plus(HANGING));
    if (isFetching || now.isBefore(renewAt) || now.isBefore(notBefore)) {
      return isFetching ? fetching : null;
    }
    Fetch fetch = new Fetch(now);
    fetching = fetch;
    background.execute(
        () -> {
          take(fetch, sts.get());
          fetch.done.complete(true);
        });
    return fetch;
  }

  private synchronized void take(Fetch fetch, StsAnswer answer) {
    if (fetching != fetch) {
      return;
    }
    fetching = null;
    switch (answer) {
      case StsAnswer.Issued value -> accept(value);
      case StsAnswer.NotIssued none -> pause(none.reason());
    }
  }

  private void accept(StsAnswer.Issued value) {
    Instant now = clock.instant();
    Duration life = Duration.between(now, value.expiration());
    if (!life.isPositive()) {
      pause(
          new Missing(
              "Alibaba Cloud STS issued a session that is already over. Check that the clock of the"
                  + " operator's node is synchronised."));
      return;
    }
    issued = value;
    renewAt = value.expiration().minus(jittered(life.dividedBy(RENEW_IN_LAST_PART)));
    notBefore = now.plus(PAUSE_AFTER_SUCCESS);
    if (failures > 0) {
      LOG.info("The operator's cloud credential is renewed again");
    }
    failures = 0;
  }

  private void pause(CredentialLookup reason) {
    failure = reason;
    if (failures == 0) {
      LOG.atWarn()
          .addKeyValue("cause", sentence(reason))
          .log("The operator's cloud credential could not be renewed; repeating with pauses");
    }
    Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    failures++;
    notBefore =
        clock.instant().plus(jittered(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
  }

  private static String sentence(CredentialLookup reason) {
    return switch (reason) {
      case Missing missing -> missing.message();
      case CredentialLookup.Invalid invalid -> invalid.message();
      case Ready ready -> "";
    };
  }

  /** Between three quarters of {@code time} and all of it, so that replicas do not ask in step. */
  private Duration jittered(Duration time) {
    return Duration.ofMillis(time.toMillis() * 3 / 4 + random.nextLong(time.toMillis() / 4 + 1));
  }
}
