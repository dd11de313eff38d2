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
  void shouldLetTheNextOneInOnlyWhenTheFirstOneHasDone() {
    ConcurrencyLimiter few = new ConcurrencyLimiter(1, LONG);
    AtomicBoolean isIn = new AtomicBoolean();
    AtomicBoolean mayGo = new AtomicBoolean();
    Thread.startVirtualThread(
        () ->
            few.run(
                () -> {
                  isIn.set(true);
                  await().untilTrue(mayGo);
                  return done.get();
                }));
    await().untilTrue(isIn);
    Thread next = Thread.startVirtualThread(() -> few.run(done::incrementAndGet));
    await().until(() -> next.getState() == Thread.State.TIMED_WAITING);
    assertEquals(0, done.get());
    mayGo.set(true);
    await().atMost(SOON).until(() -> done.get() == 1);
  }

  @Test
  void shouldGoOnWithoutATurnWhenTheOthersHang() {
    ConcurrencyLimiter few = new ConcurrencyLimiter(1, SHORT);
    few.run(() -> few.run(done::incrementAndGet));
    assertEquals(1, done.get());
  }

  @Test
  void shouldGiveTheTurnBackWhenTheWorkFails() {
    ConcurrencyLimiter few = new ConcurrencyLimiter(1, LONG);
    assertThrows(
        IllegalStateException.class,
        () ->
            few.run(
                () -> {
                  throw new IllegalStateException();
                }));
    Thread.startVirtualThread(() -> few.run(done::incrementAndGet));
    await().atMost(SOON).until(() -> done.get() == 1);
  }

  @Test
  void shouldNotWaitAndStayInterruptedWhenTheThreadIsInterrupted() {
    ConcurrencyLimiter few = new ConcurrencyLimiter(1, LONG);
    boolean stillInterrupted =
        few.run(
            () -> {
              Thread.currentThread().interrupt();
              return few.run(Thread::interrupted);
            });
    assertTrue(stillInterrupted);
  }
}
