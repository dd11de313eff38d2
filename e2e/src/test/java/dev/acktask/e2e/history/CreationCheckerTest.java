package dev.acktask.e2e.history;

import static dev.acktask.e2e.history.ForgedHistory.INTERVAL;
import static dev.acktask.e2e.history.HistoryAssertions.assertAccepted;
import static dev.acktask.e2e.history.HistoryAssertions.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checker rejects an object of a discovery that a task already had, or that has no task. */
class CreationCheckerTest {
  /** The cloud lists two tasks of c1. */
  private static ForgedHistory listed() {
    return new ForgedHistory().list("c1", "T-1", "T-2").pass(INTERVAL);
  }

  /** A discovery has created the object of the first. */
  private static ForgedHistory discovered() {
    return listed().discover("all", "T-1", "c1").pass(INTERVAL);
  }

  @Test
  void shouldAcceptWhenEachListedTaskGetsAnObject() {
    assertAccepted(discovered().discover("all", "T-2", "c1"));
  }

  @Test
  void shouldRejectS9WhenATaskGetsASecondObject() {
    assertRejected(Invariant.S9, discovered().discover("all", "T-1", "c1"));
  }

  @Test
  void shouldRejectS9WhenADeletedObjectIsCreatedAgain() {
    assertRejected(Invariant.S9, discovered().delete().pass(INTERVAL).discover("all", "T-1", "c1"));
  }

  @Test
  void shouldRejectS9WhenARenamedDiscoveryCreatesAgain() {
    assertRejected(
        Invariant.S9, discovered().delete().pass(INTERVAL).discover("renamed", "T-1", "c1"));
  }

  @Test
  void shouldAcceptWhenTwoConnectionsHaveTheSameTaskId() {
    assertAccepted(discovered().discover("all", "T-1", "c1").of("ClusterAckConnection", "other"));
  }

  @Test
  void shouldRejectS9WhenTheTaskWasNeverListed() {
    assertRejected(Invariant.S9, listed().discover("all", "T-3", "c1"));
  }

  @Test
  void shouldRejectS9WhenTheTaskWasListedOnlyAfterwards() {
    assertRejected(
        Invariant.S9, listed().discover("all", "T-3", "c1").pass(INTERVAL).list("c1", "T-3"));
  }

  @Test
  void shouldRejectS9WhenTheTaskIsOfAnotherCluster() {
    assertRejected(Invariant.S9, listed().discover("all", "T-1", "c2"));
  }

  @Test
  void shouldRejectS9WhenTheObjectHasNoLabel() {
    assertRejected(Invariant.S9, listed().discover("all", "T-1", "c1").unmarked());
  }

  @Test
  void shouldAcceptWhenUsersCreateTwoObjectsOfATask() {
    assertAccepted(new ForgedHistory().create("T-1").pass(INTERVAL).create("T-1"));
  }

  @Test
  void shouldNotTakeAListForAPoll() {
    // given
    ForgedHistory history = discovered();
    for (int i = 0; i < 50; i++) {
      history.list("c1", "T-1");
    }

    // then
    assertAccepted(history);
  }

  @Test
  void shouldReadTheIdsOfAListThatIsCut() {
    assertEquals(
        Set.of("T-1", "T \"2\""),
        ListCall.taskIds(
            """
            {"tasks": [{"task_id": "T-1", "state": "success"}, {"task_id": "T \\"2\\""}, {"task_i\
            """));
  }
}
