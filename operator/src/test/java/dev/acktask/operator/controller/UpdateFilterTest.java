package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class UpdateFilterTest {
  private static final AckTaskSpec SPEC = spec().build();
  private static final AckTaskStatus PENDING = AckTasks.pending().status();

  private final FakeAckTaskStore store = new FakeAckTaskStore();
  private final AckTask created = store.create("u1", SPEC);

  @Test
  void shouldAcceptWhenTheSpecIsEdited() {
    assertTrue(UpdateFilter.accepts(store.edit(SPEC), created));
  }

  @Test
  void shouldAcceptWhenDeletionBegins() {
    AckTask deleted = store.current();
    deleted.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertTrue(UpdateFilter.accepts(deleted, created));
  }

  @Test
  void shouldAcceptWhenAnotherObjectHasTheName() {
    assertTrue(UpdateFilter.accepts(store.create("u2", SPEC), created));
  }

  @Test
  void shouldAcceptWhenARefreshIsRequested() {
    store.requestRefresh("now");
    assertTrue(UpdateFilter.accepts(store.current(), created));
  }

  @Test
  @Tag("F58")
  void shouldAcceptWhenAnotherClientWritesTheStatus() {
    store.forge(PENDING);
    assertTrue(UpdateFilter.accepts(store.current(), created));
  }

  @Test
  void shouldIgnoreStatusWritesOfTheOperator() {
    store.write(created, PENDING);
    assertFalse(UpdateFilter.accepts(store.current(), created));
  }

  @Test
  @Tag("F75")
  void shouldAcceptWhenABackupLacksTheVerdictThatTheOperatorWrote() {
    store.write(created, PENDING);
    AckTask backup = store.current();
    store.write(backup, AckTasks.succeeded().status());
    AckTask finished = store.current();
    assertFalse(UpdateFilter.accepts(finished, backup));
    assertTrue(UpdateFilter.accepts(backup, FakeAckTaskStore.asWatched(finished)));
  }

  @Test
  @Tag("F75")
  void shouldAcceptWhenTheSpecDiffersInTheSameGeneration() {
    AckTask edited = store.edit(SPEC);
    edited.setSpec(spec().pollInterval("1m").build());
    assertTrue(UpdateFilter.accepts(edited, store.current()));
  }

  @Test
  @Tag("F64")
  void shouldIgnoreEditsOfLabels() {
    store.touch();
    assertFalse(UpdateFilter.accepts(store.current(), created));
  }
}
