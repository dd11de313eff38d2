package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.health.Health;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No connection sees or delays another. */
final class TaskPollerConnectionsTest extends TaskPollerTestCase {
  private static final ConnectionKey LEFT = ConnectionKey.cluster("left");
  private static final ConnectionKey RIGHT = ConnectionKey.cluster("right");

  @BeforeEach
  void connect() {
    connections.create(LEFT);
    connections.create(RIGHT);
  }

  @Test
  @Tag("F57")
  void shouldPollTheSameTaskIdOfTwoConnectionsTwice() {
    poller.onResourceCreated(task("a", "T-1", LEFT));
    poller.onResourceCreated(task("b", "T-1", RIGHT));

    pollAll();

    assertEquals(List.of("T-1"), cloud(LEFT).calls);
    assertEquals(List.of("T-1"), cloud(RIGHT).calls);
  }

  @Test
  @Tag("F57")
  void shouldNeverMixTheSameTaskIdOfTwoConnections() {
    // given
    AckTask left = task("a", "T-1", LEFT);
    AckTask right = task("b", "T-1", RIGHT);
    cloud(LEFT).answer("success");
    poller.onResourceCreated(left);
    poller.onResourceCreated(right);

    // when
    pollAll();

    // then
    assertEquals("success", state(left));
    assertEquals("running", state(right));
    pass(INTERVAL.multipliedBy(2));
    pollAll();
    assertEquals(1, cloud(LEFT).calls.size(), "it is final");
    assertEquals(2, cloud(RIGHT).calls.size());
  }

  @Test
  @Tag("F57")
  void shouldShareThePollsOfObjectsOfOneConnection() {
    poller.onResourceCreated(task("a", "T-1", LEFT));
    poller.onResourceCreated(task("b", "T-1", LEFT));

    pollAll();

    assertEquals(List.of("T-1"), cloud(LEFT).calls);
    assertEquals(2, events.size());
  }

  @Test
  @Tag("F88")
  void shouldKeepTheSlotsOfAConnectionWhileAnotherHangs() {
    // given
    connections.delete(LEFT);
    connections.delete(RIGHT);
    poller = poller(60_000, waiting::add, metrics);
    connect();
    for (int i = 0; i < 100; i++) {
      poller.onResourceCreated(task("o" + i, "T-" + i, LEFT));
    }
    pollAll();
    int hanging = waiting.size();

    // when
    AckTask right = task("right", "T-right", RIGHT);
    poller.onResourceCreated(right);
    pollAll();
    waiting.getLast().run();

    // then
    assertEquals(64, hanging);
    assertEquals("running", state(right));
  }

  @Test
  @Tag("F40")
  void shouldKeepTheIntervalOfAConnectionWhileAnotherIsThrottled() {
    // given
    Duration pause = Duration.ofMinutes(10);
    cloud(LEFT).answer(ref -> new TaskLookup.Throttled("Slower.", pause, null));
    poller.onResourceCreated(task("a", "T-1", LEFT));
    poller.onResourceCreated(task("b", "T-2", RIGHT));

    // when
    List<Instant> polls = pollsOf(RIGHT, pause.minusSeconds(1));

    // then
    assertEquals(1, cloud(LEFT).calls.size());
    assertTrue(longestGap(polls).compareTo(INTERVAL.plusSeconds(3)) <= 0, polls::toString);
  }

  @Test
  void shouldNotSpendTheBudgetOfAnotherConnection() {
    // given
    poller = poller(60, Runnable::run, metrics);
    for (int i = 0; i < 1_000; i++) {
      poller.onResourceCreated(task("o" + i, "T-" + i, LEFT));
    }
    poller.onResourceCreated(task("right", "T-right", RIGHT));

    // when
    List<Instant> polls = pollsOf(RIGHT, Duration.ofMinutes(5));

    // then
    assertTrue(longestGap(polls).compareTo(INTERVAL.plusSeconds(3)) <= 0, polls::toString);
  }

  @Test
  @Tag("F99")
  void shouldMakeEveryRequestWhileAnotherCredentialIsRefused() {
    cloud(LEFT).answer(ref -> new Rejected(Refusal.UNAUTHORIZED, "The key is disabled.", null));
    for (int i = 0; i < 50; i++) {
      poller.onResourceCreated(task("l" + i, "T-" + i, LEFT));
      poller.onResourceCreated(task("r" + i, "T-" + i, RIGHT));
    }

    pollAll();

    assertEquals(1, cloud(LEFT).calls.size());
    assertEquals(50, cloud(RIGHT).calls.size());
  }

  @Test
  void shouldReportAPollThatDoesNotEndInAnyConnection() {
    // given
    poller = poller(60_000, waiting::add, metrics);
    poller.onResourceCreated(task("a", "T-1", LEFT));
    poller.onResourceCreated(task("b", "T-2", RIGHT));
    pollAll();
    waiting.removeFirst().run();

    // when
    pass(Duration.ofSeconds(81));

    // then
    assertInstanceOf(Health.Dead.class, poller.check());
    waiting.removeFirst().run();
    assertInstanceOf(Health.Alive.class, poller.check());
  }

  @Test
  void shouldHaveAPollerOnlyForConnectionsWithObjects() {
    // given
    AckTask first = task("a", "T-1", LEFT);
    AckTask second = task("b", "T-2", LEFT);
    poller.onResourceCreated(first);
    poller.onResourceCreated(second);

    // when
    poller.onResourceDeleted(first);
    int before = poller.pollers().size();
    poller.onResourceDeleted(second);

    // then
    assertEquals(1, before);
    assertTrue(poller.pollers().isEmpty());
  }

  private String state(AckTask object) {
    return assertInstanceOf(TaskLookup.Found.class, poller.latest(object).orElseThrow().lookup())
        .task()
        .state();
  }

  /** When the connection polled, while all polls that are due are started for {@code time}. */
  private List<Instant> pollsOf(ConnectionKey key, Duration time) {
    List<Instant> polls = new ArrayList<>();
    for (Instant end = now.plus(time); now.isBefore(end); pass(Duration.ofSeconds(1))) {
      int before = cloud(key).calls.size();
      pollAll();
      if (cloud(key).calls.size() > before) {
        polls.add(now);
      }
    }
    return polls;
  }

  private static Duration longestGap(List<Instant> polls) {
    Duration longest = Duration.ZERO;
    for (int i = 1; i < polls.size(); i++) {
      Duration gap = Duration.between(polls.get(i - 1), polls.get(i));
      longest = gap.compareTo(longest) > 0 ? gap : longest;
    }
    return polls.size() < 2 ? Duration.ofDays(1) : longest;
  }
}
