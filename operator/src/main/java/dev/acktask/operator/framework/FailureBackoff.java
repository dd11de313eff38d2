package dev.acktask.operator.framework;

import dev.acktask.operator.backoff.ExponentialBackoff;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Retries a failed reconcile indefinitely, after growing pauses. The framework counts the attempts
 * of each object and forgets them with the object.
 *
 * @param random uniform in [0, 1); spreads the retries of many objects
 */
public record FailureBackoff(DoubleSupplier random) implements Retry {
  private static final ExponentialBackoff BACKOFF =
      new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 0.5);

  @Override
  public RetryExecution initExecution() {
    return new Attempts();
  }

  private final class Attempts implements RetryExecution {
    private int failures;

    @Override
    public Optional<Long> nextDelay() {
      return Optional.of(BACKOFF.pause(failures++, random.getAsDouble()).toMillis());
    }

    @Override
    public int getAttemptCount() {
      return failures;
    }

    @Override
    public boolean isLastAttempt() {
      return false;
    }
  }
}
