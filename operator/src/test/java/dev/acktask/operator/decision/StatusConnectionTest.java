package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** The connection in the status, and what it means for the next answer. */
final class StatusConnectionTest {
  private static final AckTaskStatus.Connection LEFT =
      new AckTaskStatus.Connection("ClusterAckConnection", null, "left", "cn-hangzhou");
  private static final AckTaskStatus.Connection RIGHT =
      new AckTaskStatus.Connection("AckConnection", "team-a", "right", "cn-hangzhou");
  private static final AckTaskStatus.Connection OTHER_REGION =
      new AckTaskStatus.Connection("ClusterAckConnection", null, "left", "eu-central-1");

  private static final String LATER = "\"updated\": \"2026-01-02T12:00:00+08:00\"";
  private static final String EARLIER = "\"updated\": \"2026-01-02T11:00:00+08:00\"";

  static List<TaskLookup> failures() {
    return List.of(
        new TaskLookup.NotFound("No such task.", null),
        new TaskLookup.Throttled("Slower.", null, null),
        new TaskLookup.Rejected(Refusal.FORBIDDEN, "No.", null),
        new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "Down.", null));
  }

  @Test
  void shouldNameTheConnectionOfTheAnswer() {
    MirroredTask task = MirroredTask.created().through(RIGHT).observes("running");

    assertEquals("AckConnection", task.status("/connection/kind"));
    assertEquals("team-a", task.status("/connection/namespace"));
    assertEquals("right", task.status("/connection/name"));
    assertEquals("cn-hangzhou", task.status("/connection/regionId"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void shouldNameTheConnectionOfAFailedPoll(TaskLookup failure) {
    MirroredTask task = MirroredTask.created().through(LEFT).observes(failure);

    assertEquals("left", task.status("/connection/name"));
  }

  @Test
  void shouldNameTheConnectionOfATaskOfAnotherCluster() {
    AckTaskSpec spec = MirroredTask.SPEC.toBuilder().clusterId("c2").build();

    assertEquals(
        "left",
        new MirroredTask(spec).through(LEFT).observes("running").status("/connection/name"));
  }

  @Test
  void shouldNameNoConnectionBeforeTheFirstPoll() {
    assertFalse(MirroredTask.created().reconciled().status().has("connection"));
  }

  @Test
  void shouldNameTheConnectionOfTheLatestObservation() {
    MirroredTask task = MirroredTask.created().through(LEFT).observes("running");

    task.through(RIGHT).observes("running");

    assertEquals("right", task.status("/connection/name"));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = "CONNECTION_.*")
  void shouldKeepVerdictAndConnectionWhereNoneCanBeUsed(Refusal cause) {
    // given
    MirroredTask task = MirroredTask.created().through(LEFT).observes("running");

    // when
    task.through(null).observes(new TaskLookup.Rejected(cause, "No connection.", null));

    // then
    assertEquals("Unknown/Running", task.condition("Succeeded"));
    assertEquals("No connection.", task.message("Synced"));
    assertEquals("left", task.status("/connection/name"));
    assertEquals("Running", task.status("/phase"));
  }

  @Test
  void shouldKeepTheConnectionWithoutAPoll() {
    MirroredTask task = MirroredTask.created().through(LEFT).observes("running");

    task.edited(MirroredTask.SPEC.toBuilder().suspend(true).build()).reconciled();

    assertEquals("left", task.status("/connection/name"));
  }

  @Test
  void shouldKeepTheConnectionOfAFinishedTask() {
    MirroredTask task = MirroredTask.created().through(LEFT).observes("success");

    task.edited(MirroredTask.SPEC.toBuilder().pollInterval("1h").build()).reconciled();

    assertEquals("left", task.status("/connection/name"));
  }

  @Test
  void shouldKeepTheConnectionOfAFinishedTaskWhenItIsRefreshed() {
    MirroredTask task = MirroredTask.created().through(LEFT).observes("success");

    task.refreshRequested("r1").through(RIGHT).observes("success");

    assertEquals("left", task.status("/connection/name"));
  }

  @Test
  void shouldNotWriteAgainForAnotherPollOfTheSameConnection() {
    MirroredTask task = MirroredTask.created().through(LEFT).observes("running");
    Object first = task.status();

    assertEquals(first, task.observes("running").status());
  }

  @Test
  void shouldIgnoreAnOlderAnswerOfTheSameConnection() {
    MirroredTask task = MirroredTask.created().through(LEFT).observes("paused", LATER);

    task.observes("running", EARLIER);

    assertEquals("Paused", task.status("/phase"));
  }

  static List<AckTaskStatus.Connection> others() {
    return List.of(RIGHT, OTHER_REGION);
  }

  /** Its times cannot be compared: it may be another account with another task of this id. */
  @ParameterizedTest
  @MethodSource("others")
  void shouldUseAnOlderAnswerOfAnotherConnection(AckTaskStatus.Connection other) {
    MirroredTask task = MirroredTask.created().through(LEFT).observes("paused", LATER);

    task.through(other).observes("running", EARLIER);

    assertEquals("Running", task.status("/phase"));
    assertEquals("2026-01-02T11:00:00+08:00", task.status("/updatedTime"));
  }

  /** Written by an operator without connections. */
  @Test
  void shouldIgnoreAnOlderAnswerWhenTheStatusNamesNoConnection() {
    MirroredTask task = MirroredTask.created().observes("paused", LATER);

    task.through(LEFT).observes("running", EARLIER);

    assertEquals("Paused", task.status("/phase"));
  }

  @Test
  void shouldKeepTheVerdictOfAFinishedTaskWhateverAnotherConnectionSays() {
    MirroredTask task = MirroredTask.created().through(LEFT).observes("success");

    task.through(RIGHT).observes("failed");

    assertEquals("Succeeded", task.status("/phase"));
    assertEquals("left", task.status("/connection/name"));
  }
}
