package dev.acktask.operator.controller;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ConcurrencyLimiterTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Shorter than the wait for a permit. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final Duration SHORT = Duration.ofMillis(10);

  private final AtomicInteger done = new AtomicInteger();

  @Test
  void shouldStartTheNextCallOnlyWhenTheFirstHasEnded() {
    // given
    ConcurrencyLimiter limiter = new ConcurrencyLimiter(1, LONG);
    AtomicBoolean isRunning = new AtomicBoolean();
    AtomicBoolean mayEnd = new AtomicBoolean();
    Thread.startVirtualThread(
        () ->
            limiter.run(
                () -> {
                  isRunning.set(true);
                  await().untilTrue(mayEnd);
                  return done.get();
                }));
    await().untilTrue(isRunning);

    // when
    Thread next = Thread.startVirtualThread(() -> limiter.run(done::incrementAndGet));
    await().until(() -> next.getState() == Thread.State.TIMED_WAITING);

    // then
    assertEquals(0, done.get());

    // when
    mayEnd.set(true);

    // then
    await().atMost(SOON).until(() -> done.get() == 1);
  }

  @Test
  void shouldProceedWithoutAPermitWhenOtherCallsHang() {
    ConcurrencyLimiter limiter = new ConcurrencyLimiter(1, SHORT);
    limiter.run(() -> limiter.run(done::incrementAndGet));
    assertEquals(1, done.get());
  }

  @Test
  void shouldReleaseThePermitWhenTheCallFails() {
    ConcurrencyLimiter limiter = new ConcurrencyLimiter(1, LONG);
    assertThrows(
        IllegalStateException.class,
        () ->
            limiter.run(
                () -> {
                  throw new IllegalStateException();
                }));
    Thread.startVirtualThread(() -> limiter.run(done::incrementAndGet));
    await().atMost(SOON).until(() -> done.get() == 1);
  }

  @Test
  void shouldNotWaitAndStayInterruptedWhenTheThreadIsInterrupted() {
    ConcurrencyLimiter limiter = new ConcurrencyLimiter(1, LONG);
    boolean stillInterrupted =
        limiter.run(
            () -> {
              Thread.currentThread().interrupt();
              return limiter.run(Thread::interrupted);
            });
    assertTrue(stillInterrupted);
  }
}
