package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.Event;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.Omitted;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.Result;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Order in which details are dropped from a status above the limit. */
final class StatusBudgetOrderTest {
  private static final String TEXT = "x".repeat(1_000);
  private static final String LESS = "x".repeat(500);
  private static final Stage FIRST = new Stage("a", null, null, TEXT, TEXT);
  private static final Stage SECOND = new Stage("b", null, null, LESS, TEXT);
  private static final Event OLD = new Event("1", null, null, null, TEXT, null);
  private static final Event NEW = new Event("2", null, null, null, TEXT, null);
  private static final Result OK = new Result(TEXT, "success");
  private static final Result FAILED = new Result(TEXT, "failed");

  @Test
  void shouldDropNothingWhenItJustFits() {
    AckTaskStatus full = over(0, all());
    assertEquals(full, StatusBudget.fit(full));
  }

  @Test
  void shouldDropTheFirstOutputsFirst() {
    AckTaskStatus fitted = StatusBudget.fit(over(1_000, all()));
    assertEquals(List.of(bare(FIRST), SECOND), fitted.stages());
    assertEquals(new Omitted(1, 1, 1, 2), fitted.omitted());
    assertEquals(TEXT, fitted.parameters());
    assertEquals(StatusBudget.LIMIT, StatusBudget.size(fitted));
  }

  @Test
  void shouldDropParametersAfterOutputs() {
    AckTaskStatus fitted = StatusBudget.fit(over(3_000, all()));
    assertEquals(List.of(bare(FIRST), bare(SECOND)), fitted.stages());
    assertEquals(null, fitted.parameters());
    assertEquals(List.of(OLD, NEW), fitted.events());
    assertEquals(new Omitted(1, 1, 1, 4), fitted.omitted());
  }

  @Test
  void shouldDropTheOldestEventAfterParameters() {
    AckTaskStatus fitted = StatusBudget.fit(over(3_001, all()));
    assertEquals(List.of(NEW), fitted.events());
    assertEquals(List.of(OK, FAILED, OK, FAILED), fitted.results());
    assertEquals(new Omitted(1, 2, 1, 4), fitted.omitted());
  }

  @Test
  void shouldDropTheLastResultThatDidNotFailAfterEvents() {
    AckTaskStatus status = with(List.of(), List.of(), all().results(), null);
    assertEquals(List.of(OK, FAILED, FAILED), StatusBudget.fit(over(1, status)).results());
    assertEquals(List.of(FAILED, FAILED), StatusBudget.fit(over(1_500, status)).results());
  }

  @Test
  void shouldDropTheLastFailedResultAfterAllOthers() {
    AckTaskStatus status = with(List.of(FIRST), List.of(), all().results(), null);
    AckTaskStatus fitted = StatusBudget.fit(over(3_500, status));
    assertEquals(List.of(FAILED), fitted.results());
    assertEquals(List.of(bare(FIRST)), fitted.stages());
    assertEquals(new Omitted(1, 1, 4, 2), fitted.omitted());
  }

  @Test
  void shouldDropMessagesOfStagesThenStagesWhenNothingElseIsLeft() {
    // given
    AckTaskStatus status =
        with(List.of(bare(FIRST), bare(SECOND), bare(SECOND)), List.of(), List.of(), null);

    // when
    AckTaskStatus one = StatusBudget.fit(over(1_000, status));

    // then
    assertEquals(List.of(silent(FIRST), bare(SECOND), bare(SECOND)), one.stages());
    assertEquals(new Omitted(1, 1, 1, 2), one.omitted());

    // when
    AckTaskStatus two = StatusBudget.fit(over(1_001, status));

    // then
    assertEquals(List.of(silent(FIRST), silent(SECOND), bare(SECOND)), two.stages());

    // when
    AckTaskStatus all = StatusBudget.fit(over(2_001, status));

    // then
    assertEquals(List.of(silent(SECOND), silent(SECOND)), all.stages());
    assertEquals(new Omitted(2, 1, 1, 4), all.omitted());
  }

  private static Stage bare(Stage s) {
    return new Stage(s.state(), s.startTime(), s.endTime(), s.message(), null);
  }

  private static Stage silent(Stage s) {
    return new Stage(s.state(), s.startTime(), s.endTime(), null, null);
  }

  private static AckTaskStatus all() {
    return with(List.of(FIRST, SECOND), List.of(OLD, NEW), List.of(OK, FAILED, OK, FAILED), TEXT);
  }

  @Test
  void shouldCountTheTargetAndTheError() {
    AckTaskStatus counted =
        AckTaskStatus.builder()
            .target(new AckTaskStatus.Target("t".repeat(100), "y".repeat(20)))
            .error(new AckTaskStatus.Problem("c".repeat(50), "m".repeat(1_000)))
            .build();
    long more = StatusBudget.size(counted) - StatusBudget.size(AckTaskStatus.NOTHING);
    assertTrue(more >= 1_170, () -> more + " bytes");
  }

  private static AckTaskStatus with(
      List<Stage> stages, List<Event> events, List<Result> results, String parameters) {
    return status("", stages, events, results, parameters);
  }

  /** {@code s}, enlarged by fields that are never dropped so that {@code bytes} must be dropped. */
  private static AckTaskStatus over(int bytes, AckTaskStatus s) {
    int missing = (int) (StatusBudget.LIMIT + bytes - StatusBudget.size(s));
    return status("m".repeat(missing), s.stages(), s.events(), s.results(), s.parameters());
  }

  private static AckTaskStatus status(
      String message,
      List<Stage> stages,
      List<Event> events,
      List<Result> results,
      String parameters) {
    return AckTaskStatus.builder()
        .message(message)
        .stages(stages)
        .events(events)
        .results(results)
        .parameters(parameters)
        .omitted(new Omitted(1, 1, 1, 1))
        .build();
  }
}
