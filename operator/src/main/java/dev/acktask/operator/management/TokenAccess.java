package dev.acktask.operator.management;

import dev.acktask.operator.text.Sha256;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Allows requests with an accepted bearer token. Accepted tokens are cached by hash for {@link
 * #CACHE_TTL}. Refused tokens are not cached, so that a new right takes effect at once. A failed
 * review is a refusal.
 */
public final class TokenAccess implements MetricsAccess {
  /** Maximum time for which a revoked right still works. */
  static final Duration CACHE_TTL = Duration.ofSeconds(60);

  static final int MAX_CACHED_TOKENS = 64;

  /**
   * Maximum number of concurrent reviews. A refusal holds its permit for another {@link #PAUSE}, so
   * that no client can flood the API server with reviews.
   */
  static final int MAX_CONCURRENT_REVIEWS = 2;

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Maximum wait of a request for a permit; requests are served in order of arrival. */
  private static final Duration PERMIT_TIMEOUT = Duration.ofSeconds(2);

  /** RFC 6750, section 2.1; the scheme is case-insensitive. */
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*) *");

  private final Function<String, Answer> review;
  private final LongSupplier nanoTime;
  private final Executor afterPause;
  private final Semaphore permits = new Semaphore(MAX_CONCURRENT_REVIEWS, true);
  private final Map<String, Long> acceptedAt =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_CACHED_TOKENS;
        }
      };

  /**
   * @param review reviews a token with the API server
   */
  public TokenAccess(Function<String, Answer> review, LongSupplier nanoTime) {
    this(
        review,
        nanoTime,
        CompletableFuture.delayedExecutor(
            PAUSE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)); // releases one permit
  }

  /**
   * @param afterPause runs a task {@link #PAUSE} later
   */
  TokenAccess(Function<String, Answer> review, LongSupplier nanoTime, Executor afterPause) {
    this.review = review;
    this.nanoTime = nanoTime;
    this.afterPause = afterPause;
  }

  @Override
  public Answer check(String authorization) {
    Matcher bearer = BEARER.matcher(authorization);
    if (!bearer.matches()) {
      return Answer.UNAUTHENTICATED;
    }
    String token = bearer.group(1);
    String hash = Sha256.hex(token);
    return isAccepted(hash) ? Answer.ALLOWED : review(token, hash);
  }

  private Answer review(String token, String hash) {
    try {
      if (!permits.tryAcquire(PERMIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        return Answer.UNAVAILABLE;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Answer.UNAVAILABLE;
    }
    Answer answer = Answer.UNAVAILABLE;
    try {
      answer = review.apply(token);
      if (answer == Answer.ALLOWED) {
        accept(hash);
      }
      return answer;
    } finally {
      if (answer == Answer.ALLOWED) {
        permits.release();
      } else {
        afterPause.execute(permits::release);
      }
    }
  }

  private synchronized boolean isAccepted(String hash) {
    Long since = acceptedAt.get(hash);
    return since != null && nanoTime.getAsLong() - since < CACHE_TTL.toNanos();
  }

  private synchronized void accept(String hash) {
    acceptedAt.remove(hash);
    acceptedAt.put(hash, nanoTime.getAsLong());
  }
}
