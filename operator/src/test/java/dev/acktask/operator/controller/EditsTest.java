package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.controller.TaskModel.Seen;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.text.Redaction;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class EditsTest {
  private static final AckTaskSpec SPEC =
      new AckTaskSpec("T-1", null, null, null, null, null, null, null);

  private final FakeAckTaskStore store = new FakeAckTaskStore();
  private final AckTask created = store.create("u1", SPEC);

  @Test
  void shouldMatterWhenTheSpecIsEdited() {
    assertTrue(Edits.matter(store.edit(SPEC), created));
  }

  @Test
  void shouldMatterWhenDeletionBegins() {
    AckTask deleted = store.current();
    deleted.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertTrue(Edits.matter(deleted, created));
  }

  @Test
  void shouldMatterWhenAnotherObjectHasTheName() {
    assertTrue(Edits.matter(store.create("u2", SPEC), created));
  }

  @Test
  void shouldMatterWhenAFreshLookIsRequested() {
    store.requestRefresh("now");
    assertTrue(Edits.matter(store.current(), created));
  }

  @Test
  void f58ShouldMatterWhenSomebodyElseWritesTheStatus() {
    store.forge(status());
    assertTrue(Edits.matter(store.current(), created));
  }

  @Test
  void shouldNotMatterWhenTheOperatorWritesTheStatus() {
    store.write(created, status());
    assertFalse(Edits.matter(store.current(), created));
  }

  @Test
  void f75ShouldMatterWhenABackupLacksTheVerdictThatTheOperatorWrote() {
    store.write(created, status());
    AckTask backup = store.current();
    store.write(backup, new Forgery(Seen.SUCCESS, "T-1", 1, null, Instant.EPOCH).status());
    AckTask finished = store.current();
    assertFalse(Edits.matter(finished, backup));
    assertTrue(Edits.matter(backup, FakeAckTaskStore.asWatched(finished)));
  }

  @Test
  void f75ShouldMatterWhenTheSpecIsAnotherOneOfTheSameGeneration() {
    AckTask edited = store.edit(SPEC);
    edited.setSpec(new AckTaskSpec("T-1", null, "1m", null, null, null, null, null));
    assertTrue(Edits.matter(edited, store.current()));
  }

  @Test
  void f64ShouldNotMatterWhenALabelIsEdited() {
    store.touch();
    assertFalse(Edits.matter(store.current(), created));
  }

  private AckTaskStatus status() {
    PollSchedule schedule =
        new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));
    return new TaskEvaluator(schedule, Redaction.BUILT_IN)
        .acknowledge(Subjects.of(created), Instant.EPOCH)
        .status();
  }
}
