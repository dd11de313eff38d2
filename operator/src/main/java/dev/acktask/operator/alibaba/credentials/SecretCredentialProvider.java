package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.credentials.CredentialLookup.Ready;
import dev.acktask.operator.identity.SecretSource;
import dev.acktask.operator.identity.SecretSource.SecretLookup;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An access key in a Secret, read by name. A replaced or deleted key takes effect within {@link
 * #MAX_AGE}, and a replaced one at once if the cloud refuses the old one. While the API server
 * gives no answer, the last key is used for up to {@link #MAX_AGE_IN_OUTAGE}.
 */
final class SecretCredentialProvider implements CredentialProvider {
  private static final Logger LOG = LoggerFactory.getLogger(SecretCredentialProvider.class);

  /** A value that is older is read again before it is used. */
  static final Duration MAX_AGE = Duration.ofSeconds(30);

  /** Shortest time between two reads; also the time between two reads while there is no key. */
  static final Duration RETRY = Duration.ofSeconds(5);

  /** Longer than the API server takes to restart; a deleted key must not be used indefinitely. */
  static final Duration MAX_AGE_IN_OUTAGE = Duration.ofMinutes(10);

  /** How long a call waits for a read. The API server usually answers within milliseconds. */
  static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

  private final SecretSource secrets;
  private final AccessKeySecret secret;
  private final Timing timing;
  private final Duration timeout;
  private final BackgroundFetch<SecretLookup> reads;

  private CredentialLookup credential;
  private boolean hasBeenRead;
  private boolean isRefused;
  private long readAt;
  private long confirmedAt;
  private long nextRead;

  /**
   * Starts without a value; the first call reads one.
   *
   * @param timeout how long a call waits for a read
   */
  SecretCredentialProvider(
      SecretSource secrets, AccessKeySecret secret, Timing timing, Duration timeout) {
    this.secrets = secrets;
    this.secret = secret;
    this.timing = timing;
    this.timeout = timeout;
    this.reads = new BackgroundFetch<>(timing);
    this.credential = secret.parse(new SecretLookup.Unavailable());
    this.nextRead = now();
  }

  @Override
  public CredentialLookup current() {
    CompletableFuture<Void> awaited = readIfDue();
    if (awaited != null) {
      BackgroundFetch.await(awaited, timeout);
    }
    return usable();
  }

  /** Reads the Secret again, but not more often than each {@link #RETRY}. */
  @Override
  public synchronized void reportRefused(Credential refused) {
    if (credential instanceof Ready ready && ready.credential() == refused) {
      isRefused = true;
      nextRead = Math.min(nextRead - readAt, RETRY.toNanos()) + readAt;
    }
  }

  /** Starts a read if one is due. Returns the read that the caller has to wait for, or null. */
  private synchronized @Nullable CompletableFuture<Void> readIfDue() {
    Optional<CompletableFuture<Void>> underWay = reads.underWay();
    if (underWay.isPresent()) {
      return isRefused || !hasBeenRead ? underWay.get() : null;
    }
    if (now() - nextRead < 0) {
      return null;
    }
    readAt = now();
    nextRead = readAt + RETRY.toNanos();
    return reads.start(this::read, this::take);
  }

  private SecretLookup read() {
    try {
      return secrets.read(secret.namespace(), secret.name());
    } catch (RuntimeException unexpected) {
      return new SecretLookup.Unavailable();
    }
  }

  private synchronized CredentialLookup usable() {
    boolean isTooOld = now() - confirmedAt >= MAX_AGE_IN_OUTAGE.toNanos();
    return credential instanceof Ready && isTooOld
        ? new CredentialLookup.Missing(
            "The "
                + secret
                + " could not be read for "
                + MAX_AGE_IN_OUTAGE.toMinutes()
                + " minutes, because the Kubernetes API server gave no answer. Its last value is no"
                + " longer used.")
        : credential;
  }

  private synchronized void take(SecretLookup lookup) {
    isRefused = false;
    boolean isAnswer = !(lookup instanceof SecretLookup.Unavailable);
    if (isAnswer) {
      accept(secret.parse(lookup));
      hasBeenRead = true;
      confirmedAt = readAt;
    }
    nextRead = readAt + (isAnswer && credential instanceof Ready ? MAX_AGE : RETRY).toNanos();
  }

  /** Keeps the instance of an unchanged key, and logs each change. */
  private void accept(CredentialLookup next) {
    switch (next) {
      case CredentialLookup.NotReady problem -> {
        if (!problem.equals(credential)) {
          LOG.warn("The access key cannot be used: {}", problem.message());
        }
        credential = problem;
      }
      case Ready read -> {
        if (!(credential instanceof Ready known)) {
          if (hasBeenRead) {
            LOG.atInfo().addKeyValue("secret", secret).log("The access key can be used again");
          }
          credential = read;
        } else if (!read.credential().isSameAs(known.credential())) {
          LOG.atInfo().addKeyValue("secret", secret).log("The access key was replaced");
          credential = read;
        }
      }
    }
  }

  private long now() {
    return timing.nanoTime().getAsLong();
  }
}
