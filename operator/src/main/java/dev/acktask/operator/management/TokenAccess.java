package dev.acktask.operator.management;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
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
 * Lets those read the metrics whose bearer token is accepted. An accepted token is remembered for a
 * while by its hash; a refused one is not, so that a right that was just given works at once. What
 * cannot be decided is refused.
 */
public final class TokenAccess implements MetricsAccess {
  /** How long a right that was taken away may still work. */
  static final Duration MEMORY = Duration.ofSeconds(60);

  static final int REMEMBERED = 64;

  /**
   * Reviews under way at once. One that ends in a refusal keeps its turn for {@link #PAUSE} more:
   * otherwise any client of the port could make the API server review without a pause.
   */
  static final int REVIEWS = 2;

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** How long a request waits for its turn; those that came before it have theirs first. */
  private static final Duration TURN = Duration.ofSeconds(2);

  /** RFC 6750, section 2.1; the name of a scheme has no case. */
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*) *");

  private final Function<String, Answer> review;
  private final LongSupplier nanoTime;
  private final Executor afterPause;
  private final Semaphore turns = new Semaphore(REVIEWS, true);
  private final Map<String, Long> acceptedAt =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param review judges a token by asking the API server
   */
  public TokenAccess(Function<String, Answer> review, LongSupplier nanoTime) {
    this(
        review,
        nanoTime,
        CompletableFuture.delayedExecutor(
            PAUSE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)); // gives back a turn, no more
  }

  /**
   * @param afterPause runs what it is given {@link #PAUSE} later
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
    String hash = hash(token);
    return isAccepted(hash) ? Answer.ALLOWED : review(token, hash);
  }

  private Answer review(String token, String hash) {
    try {
      if (!turns.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
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
        turns.release();
      } else {
        afterPause.execute(turns::release);
      }
    }
  }

  private synchronized boolean isAccepted(String hash) {
    Long since = acceptedAt.get(hash);
    return since != null && nanoTime.getAsLong() - since < MEMORY.toNanos();
  }

  private synchronized void accept(String hash) {
    acceptedAt.remove(hash);
    acceptedAt.put(hash, nanoTime.getAsLong());
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
