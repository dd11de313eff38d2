package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.controller.TaskModel.Observation;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.kubernetes.AckTaskSnapshots;
import dev.acktask.operator.text.Redaction;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class UpdateFilterTest {
  private static final AckTaskSpec SPEC = AckTaskSpec.builder().taskId("T-1").build();

  private final FakeAckTaskStore store = new FakeAckTaskStore();
  private final AckTask created = store.create("u1", SPEC);

  @Test
  void shouldMatterWhenTheSpecIsEdited() {
    assertTrue(UpdateFilter.accepts(store.edit(SPEC), created));
  }

  @Test
  void shouldMatterWhenDeletionBegins() {
    AckTask deleted = store.current();
    deleted.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertTrue(UpdateFilter.accepts(deleted, created));
  }

  @Test
  void shouldMatterWhenAnotherObjectHasTheName() {
    assertTrue(UpdateFilter.accepts(store.create("u2", SPEC), created));
  }

  @Test
  void shouldMatterWhenAFreshLookIsRequested() {
    store.requestRefresh("now");
    assertTrue(UpdateFilter.accepts(store.current(), created));
  }

  @Test
  @Tag("F58")
  void shouldMatterWhenSomebodyElseWritesTheStatus() {
    store.forge(status());
    assertTrue(UpdateFilter.accepts(store.current(), created));
  }

  @Test
  void shouldNotMatterWhenTheOperatorWritesTheStatus() {
    store.write(created, status());
    assertFalse(UpdateFilter.accepts(store.current(), created));
  }

  @Test
  @Tag("F75")
  void shouldMatterWhenABackupLacksTheVerdictThatTheOperatorWrote() {
    store.write(created, status());
    AckTask backup = store.current();
    store.write(backup, new Forgery(Observation.SUCCESS, "T-1", 1, null, Instant.EPOCH).status());
    AckTask finished = store.current();
    assertFalse(UpdateFilter.accepts(finished, backup));
    assertTrue(UpdateFilter.accepts(backup, FakeAckTaskStore.asWatched(finished)));
  }

  @Test
  @Tag("F75")
  void shouldMatterWhenTheSpecIsAnotherOneOfTheSameGeneration() {
    AckTask edited = store.edit(SPEC);
    edited.setSpec(AckTaskSpec.builder().taskId("T-1").pollInterval("1m").build());
    assertTrue(UpdateFilter.accepts(edited, store.current()));
  }

  @Test
  @Tag("F64")
  void shouldNotMatterWhenALabelIsEdited() {
    store.touch();
    assertFalse(UpdateFilter.accepts(store.current(), created));
  }

  private AckTaskStatus status() {
    PollSchedule schedule =
        new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));
    return new TaskEvaluator(schedule, Redaction.BUILT_IN)
        .acknowledge(AckTaskSnapshots.of(created), Instant.EPOCH)
        .status();
  }
}
