package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.TransportError;
import dev.acktask.operator.alibaba.credentials.CredentialLookup.Ready;
import dev.acktask.operator.backoff.ExponentialBackoff;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session credential, renewed in the background well before it expires. A failed renewal has no
 * effect while the current value is valid, and is repeated after a pause.
 *
 * <p>A caller blocks only while no usable value exists. Only the end of a session uses the wall
 * clock. Pauses use the monotonic one, because setting the clock back would prolong them.
 */
final class RefreshingCredentialProvider implements CredentialProvider {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshingCredentialProvider.class);

  /** A renewal starts when this part of the lifetime is left: one third. */
  private static final int RENEW_IN_LAST_PART = 3;

  /** After a request to STS that failed. A corrected trust policy is used within a minute. */
  private static final ExponentialBackoff BACKOFF =
      new ExponentialBackoff(Duration.ofSeconds(5), Duration.ofMinutes(1), 0.25);

  /** After a refused key: six requests a minute at most, so that the cloud does not lock it. */
  private static final Duration PAUSE_AFTER_REFUSED_KEY = Duration.ofSeconds(10);

  /** While STS cannot be called: what is missing was corrected in the cluster, perhaps. */
  private static final Duration PAUSE_WITHOUT_CALL = Duration.ofSeconds(5);

  /** Shortest time between two values, even when the cloud rejects the first. */
  private static final Duration PAUSE_AFTER_SUCCESS = Duration.ofMinutes(1);

  /** How long a poll waits for the first session. */
  static final Duration FIRST_SESSION_TIMEOUT = Duration.ofSeconds(3);

  /**
   * Where a session comes from.
   *
   * @param request requests one session; may block
   * @param role names the role and the STS host in messages
   * @param connection names the user of the session in log lines
   */
  record SessionSource(Supplier<StsResponse> request, String role, String connection) {}

  private final SessionSource source;
  private final Timing timing;
  private final Duration timeout;
  private final BackgroundFetch<StsResponse> fetches;

  private CredentialLookup.NotReady none;
  private CredentialLookup issued;
  private Optional<String> account = Optional.empty();
  private Instant expiration = Instant.MIN;
  private long renewAt;
  private long notBefore;
  private int failures;

  /**
   * Starts without a value; the first call fetches one.
   *
   * @param timeout how long a call waits while no value exists
   */
  RefreshingCredentialProvider(SessionSource source, Timing timing, Duration timeout) {
    this.source = source;
    this.timing = timing;
    this.timeout = timeout;
    this.fetches = new BackgroundFetch<>(timing);
    this.none =
        new CredentialLookup.Unavailable(
            Failure.API_UNAVAILABLE, message("The first request for one is under way."));
    this.issued = none;
    this.renewAt = now();
    this.notBefore = renewAt;
  }

  @Override
  public CredentialLookup current() {
    CompletableFuture<Void> awaited = renewIfDue();
    CredentialLookup usable = usable();
    if (awaited == null || usable instanceof Ready) {
      return usable;
    }
    BackgroundFetch.await(awaited, timeout);
    return usable();
  }

  @Override
  public synchronized void reportRefused(Credential credential) {
    if (issued instanceof Ready ready && ready.credential() == credential) {
      renewAt = now();
    }
  }

  @Override
  public synchronized Optional<String> account() {
    return account;
  }

  private synchronized CredentialLookup usable() {
    return timing.clock().instant().isBefore(expiration) ? issued : none;
  }

  /** Starts a fetch if one is due. Returns the fetch under way, or null. */
  private synchronized @Nullable CompletableFuture<Void> renewIfDue() {
    Optional<CompletableFuture<Void>> underWay = fetches.underWay();
    boolean isDue = now() - renewAt >= 0 || !timing.clock().instant().isBefore(expiration);
    if (underWay.isPresent() || !isDue || now() - notBefore < 0) {
      return underWay.orElse(null);
    }
    return fetches.start(this::requestSession, this::take);
  }

  private StsResponse requestSession() {
    try {
      return source.request().get();
    } catch (RuntimeException unexpected) {
      return new StsResponse.Unavailable(
          Failure.API_UNAVAILABLE, TransportError.UNEXPECTED.message());
    }
  }

  private synchronized void take(StsResponse response) {
    switch (response) {
      case StsResponse.Issued it -> accept(it);
      case StsResponse.Refused no ->
          pause(new CredentialLookup.NotIssued(message(no.reason())), growingPause());
      case StsResponse.KeyRefused no ->
          pause(new CredentialLookup.Refused(message(no.reason())), PAUSE_AFTER_REFUSED_KEY);
      case StsResponse.Unavailable no ->
          pause(new CredentialLookup.Unavailable(no.cause(), message(no.reason())), growingPause());
      case StsResponse.NoToken no ->
          pause(new CredentialLookup.NotIssued(message(no.reason())), PAUSE_WITHOUT_CALL);
      case StsResponse.NoKey no -> pause(no.cause(), PAUSE_WITHOUT_CALL);
    }
  }

  private String message(String reason) {
    return "There is no session of " + source.role() + ". " + reason;
  }

  private void accept(StsResponse.Issued session) {
    Instant wallTime = timing.clock().instant();
    if (!session.expiration().isAfter(wallTime)) {
      String reason = "The session that STS issued is already over. Check the node's clock.";
      pause(new CredentialLookup.NotIssued(message(reason)), growingPause());
      return;
    }
    issued = session.session();
    expiration = session.expiration();
    account = session.account();
    Duration life = Duration.between(wallTime, expiration);
    long took = now();
    // The jitter keeps replicas and connections from calling STS at the same time.
    Duration last =
        BACKOFF.jittered(life.dividedBy(RENEW_IN_LAST_PART), timing.random().nextDouble());
    renewAt = took + life.minus(last).toNanos();
    notBefore = took + PAUSE_AFTER_SUCCESS.toNanos();
    if (failures > 0) {
      LOG.atInfo()
          .addKeyValue("connection", source.connection())
          .addKeyValue("role", source.role())
          .log("The session of a role is renewed again");
    }
    failures = 0;
  }

  private void pause(CredentialLookup.NotReady next, Duration pause) {
    if (failures == 0 || !next.equals(none)) {
      LOG.atWarn()
          .addKeyValue("connection", source.connection())
          .addKeyValue("role", source.role())
          .addKeyValue("note", next.message())
          .log("The session of a role could not be renewed");
    }
    none = next;
    notBefore = now() + pause.toNanos();
    failures++;
  }

  private Duration growingPause() {
    return BACKOFF.pause(failures, timing.random().nextDouble());
  }

  private long now() {
    return timing.nanoTime().getAsLong();
  }
}
