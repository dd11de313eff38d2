package dev.acktask.operator.connection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

final class CircuitBreakerTest {
  private static final Rejected REFUSED = new Rejected(Refusal.UNAUTHORIZED, "m", null);
  private static final TaskLookup ANSWERED = new TaskLookup.Unchanged();

  private long nanos = Long.MAX_VALUE - 1;
  private final CircuitBreaker circuit = new CircuitBreaker(() -> nanos);
  private final List<Long> requests = new ArrayList<>();
  private TaskLookup answer = REFUSED;

  @Test
  @Tag("F99")
  void shouldMakeNoRequestAfterARefusal() {
    call();

    assertSame(REFUSED, call());
    assertEquals(1, requests.size());
  }

  @Test
  @Tag("F99")
  void shouldMakeAtMostSixRefusedRequestsInAnyMinute() {
    long start = nanos;
    for (int poll = 0; poll < 100_000; poll++) {
      call();
      nanos += Duration.ofMillis(6).toNanos();
    }

    long minute = Duration.ofMinutes(1).toNanos();
    for (long from : requests) {
      long made = requests.stream().filter(t -> t - from >= 0 && t - from < minute).count();
      assertTrue(made <= 6, () -> made + " requests from " + (from - start));
    }
    assertEquals(60, requests.size());
  }

  @Test
  void shouldMakeEveryRequestAgainWhenATrialIsAnswered() {
    call();
    nanos += CircuitBreaker.TRIAL_INTERVAL.toNanos();
    answer = ANSWERED;

    assertSame(ANSWERED, call());
    assertSame(ANSWERED, call());
    assertEquals(3, requests.size());
  }

  @Test
  void shouldAnswerWithTheRefusalOfTheLastTrial() {
    Rejected later = new Rejected(Refusal.UNAUTHORIZED, "later", null);
    call();
    nanos += CircuitBreaker.TRIAL_INTERVAL.toNanos();
    answer = later;
    call();

    assertSame(later, call());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "UNAUTHORIZED")
  void shouldMakeEveryRequestWhenTheCredentialIsNotRefused(Refusal cause) {
    answer = new Rejected(cause, "m", null);

    call();
    call();

    assertEquals(2, requests.size());
  }

  @Test
  void shouldMakeEveryRequestDuringAnOutage() {
    answer = new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "m", null);

    call();
    call();

    assertEquals(2, requests.size());
  }

  @ParameterizedTest
  @MethodSource("resultsWithoutAWordAboutTheCredential")
  void shouldStayOpenWhenATrialSaysNothingAboutTheCredential(TaskLookup result) {
    call();
    nanos += CircuitBreaker.TRIAL_INTERVAL.toNanos();
    answer = result;

    assertSame(result, call());
    assertSame(REFUSED, call());
  }

  static List<TaskLookup> resultsWithoutAWordAboutTheCredential() {
    return List.of(
        new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "m", null),
        new TaskLookup.Throttled("m", null, null));
  }

  @Test
  @Tag("F99")
  void shouldMakeTheFirstRequestAlone() throws Exception {
    // given
    CountDownLatch answered = new CountDownLatch(1);
    AtomicInteger made = new AtomicInteger();
    Runnable poll =
        () ->
            circuit.call(
                () -> {
                  made.incrementAndGet();
                  awaitUninterruptibly(answered);
                  return REFUSED;
                });

    // when
    List<Thread> polls = Stream.generate(() -> Thread.ofVirtual().start(poll)).limit(20).toList();
    await().until(() -> polls.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
    answered.countDown();
    for (Thread thread : polls) {
      thread.join();
    }

    // then
    assertEquals(1, made.get());
  }

  @Test
  void shouldContinueWhenTheFirstRequestFailsUnexpectedly() {
    assertThrows(
        IllegalStateException.class,
        () ->
            circuit.call(
                () -> {
                  throw new IllegalStateException();
                }));

    assertSame(REFUSED, call());
  }

  private TaskLookup call() {
    return circuit.call(
        () -> {
          requests.add(nanos);
          return answer;
        });
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
