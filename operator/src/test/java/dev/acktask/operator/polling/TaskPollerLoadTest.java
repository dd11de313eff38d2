package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many objects at once, and many events of Kubernetes. */
final class TaskPollerLoadTest extends TaskPollerTestCase {
  @Test
  void massCreationDelaysAnotherNamespaceByLessThanTwoIntervals() {
    // given
    poller = poller(600, Runnable::run, metrics);
    for (int i = 0; i < 10_000; i++) {
      poller.onResourceCreated(task("mass", "o" + i, "T-" + i));
    }
    poller.onResourceCreated(task("other", "single", "T-single"));
    Instant start = now;

    // when
    while (!cloud.calls.contains("T-single")) {
      Duration wait = step();
      pass(wait);
    }

    // then
    Duration delay = Duration.between(start, now);
    assertTrue(delay.compareTo(INTERVAL.multipliedBy(2)) <= 0, delay.toString());
  }

  @Test
  void massCreationDoesNotDelayTheRegularPollsOfAnotherNamespace() {
    // given
    poller = poller(600, Runnable::run, metrics);
    poller.onResourceCreated(task("other", "single", "T-single"));
    pollAll();
    for (int i = 0; i < 10_000; i++) {
      poller.onResourceCreated(task("mass", "o" + i, "T-" + i));
    }
    cloud.calls.clear();
    Instant end = now.plus(INTERVAL.multipliedBy(10));

    // when
    while (now.isBefore(end)) {
      pass(step());
    }

    // then
    long polls = cloud.calls.stream().filter("T-single"::equals).count();
    assertTrue(polls >= 9 && polls <= 11, polls + " polls in 10 intervals");
  }

  @Test
  @Tag("F99")
  void thousandTasksMakeSixCallsAMinuteWhileTheKeyIsRefused() {
    // given
    cloud.answer(ref -> new Rejected(Refusal.UNAUTHORIZED, "The key is disabled.", null));
    for (int i = 0; i < 1_000; i++) {
      poller.onResourceCreated(task("o" + i, "T-" + i));
    }

    // when
    pollFor(Duration.ofMinutes(1).minusMillis(1));

    // then
    assertTrue(cloud.calls.size() <= 6, cloud.calls.size() + " calls in a minute");
    assertEquals(1_000, events.size());
  }

  @Test
  void allTasksRecoverWithinAnIntervalWhenTheKeyIsAccepted() {
    // given
    cloud.answer(ref -> new Rejected(Refusal.UNAUTHORIZED, "The key is disabled.", null));
    for (int i = 0; i < 1_000; i++) {
      poller.onResourceCreated(task("o" + i, "T-" + i));
    }
    pollFor(Duration.ofHours(1));
    cloud.calls.clear();

    // when
    cloud.answer("running");
    pollFor(INTERVAL.multipliedBy(11).dividedBy(10).plusSeconds(10));

    // then
    assertEquals(1_000, Set.copyOf(cloud.calls).size());
  }

  private void pollFor(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      Duration wait = step();
      Duration left = Duration.between(now, end);
      pass(wait.compareTo(left) < 0 ? wait : left);
    }
  }

  @Test
  void eventStormOfOneObjectCausesNoPoll() {
    // given
    poller.onResourceCreated(task("a", "T-1"));
    pollAll();

    // when
    for (int i = 0; i < 1_000; i++) {
      AckTask edited = task("a", "T-1");
      edited.getMetadata().setResourceVersion("v" + i);
      edited.getMetadata().setLabels(Map.of("edit", "e" + i));
      poller.onResourceUpdated(edited, task("a", "T-1"));
    }

    // then
    assertEquals(0, pollAll());
    assertEquals(1, cloud.calls.size());
    assertEquals(1, events.size());
  }

  @Test
  void relistCausesNoPoll() {
    // given
    for (int i = 0; i < 10_000; i++) {
      poller.onResourceCreated(task("o" + i, "T-" + i));
    }
    while (cloud.calls.size() < 10_000) {
      pass(step());
    }
    int polled = cloud.calls.size();

    // when
    for (int i = 0; i < 10_000; i++) {
      AckTask same = task("o" + i, "T-" + i);
      poller.onResourceUpdated(same, same);
      poller.onResourceCreated(same);
    }

    // then
    assertEquals(0, pollAll());
    assertEquals(polled, cloud.calls.size());
  }
}
