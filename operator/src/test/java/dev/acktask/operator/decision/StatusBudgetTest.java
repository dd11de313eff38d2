package dev.acktask.operator.decision;

import static dev.acktask.operator.api.v1alpha1.AckTasks.TASK_ID;
import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTaskStatusBuilder;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.text.JsonValue;
import dev.acktask.operator.text.Redaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class StatusBudgetTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private final Random random = new Random(20261123);

  @Test
  void shouldKeepASmallStatusUnchanged() {
    AckTaskStatus status = status(3, 5, 2, "fine");
    assertNull(status.omitted());
    assertEquals(3, status.stages().size());
    assertEquals(5, status.events().size());
  }

  @Test
  @Tag("F23")
  void shouldKeepTheVerdictTheErrorAndTheNewestEvents() throws JsonProcessingException {
    // when
    AckTaskStatus status = status(1_000, 1_000, 1_000, "x".repeat(4_000));

    // then
    assertTrue(bytes(status) < StatusBudget.LIMIT, () -> "too large");
    assertEquals(Phase.FAILED, status.phase());
    assertNotNull(status.error());
    AckTaskStatus.Omitted omitted = status.omitted();
    assertNotNull(omitted);
    assertEquals(1_000, omitted.stages() + status.stages().size());
    assertEquals(1_000, omitted.events() + status.events().size());
    assertEquals(1_000, omitted.results() + status.results().size());
  }

  @Test
  void shouldCountEachText() {
    String text = "x".repeat(1_000);
    AckTaskStatus none = AckTaskStatus.NOTHING;
    List<UnaryOperator<AckTaskStatusBuilder>> fields =
        List.of(
            it -> it.currentStage(text),
            it -> it.createdTime(text),
            it -> it.completionTime(text),
            it -> it.parameters(text),
            it -> it.lastHandledRefreshAt(text),
            it -> it.connection(new AckTaskStatus.Connection(text, null, null, null)),
            it -> it.target(new AckTaskStatus.Target(text, null)),
            it -> it.error(new AckTaskStatus.Problem(text, null)),
            it -> it.estimatedCompletionTime(text),
            it -> it.stageTransitions(List.of(transition(text))),
            it -> it.events(List.of(new AckTaskStatus.Event(text, null, null, null, null, null))),
            it -> it.results(List.of(new AckTaskStatus.Result(text, null))),
            it -> it.conditions(List.of(condition("Type", text))));
    for (UnaryOperator<AckTaskStatusBuilder> field : fields) {
      AckTaskStatus status = field.apply(none.toBuilder()).build();
      assertTrue(StatusBudget.size(status) >= StatusBudget.size(none) + 1_000, status::toString);
    }
  }

  @Test
  void shouldDropTheOldestEventsFirst() {
    AckTaskStatus status = status(1, 60, 0, "x".repeat(1_000));
    assertEquals("event 59", status.events().getLast().reason());
    int kept = status.events().size();
    assertEquals("event " + (60 - kept), status.events().getFirst().reason());
    assertTrue(kept > 10 && kept < 50, () -> "keeps " + kept);
  }

  @Test
  void shouldDropDetailsInAFixedOrder() {
    // when
    AckTaskStatus status = status(12, 40, 60, "x".repeat(900));

    // then
    assertNull(status.parameters());
    assertTrue(
        status.stages().stream().allMatch(stage -> stage.outputs() == null), "outputs first");
    assertTrue(status.events().isEmpty(), "then events");
    assertTrue(status.results().size() < 60, "then results");
    assertTrue(
        status.results().stream().anyMatch(result -> "failed".equals(result.status())),
        "successful results before failed ones");
    assertTrue(status.stages().stream().allMatch(stage -> stage.message() != null));
  }

  @Test
  @Tag("F62")
  void shouldNeverExceedTheBudgetWhateverTheTextIs() throws JsonProcessingException {
    for (String text : List.of("\"", "\\", "中", "😀", "\u0000", "\u00e9", "a\"b\\c中😀")) {
      for (int i = 0; i < 4; i++) {
        AckTaskStatus status =
            status(
                random.nextInt(1_000),
                random.nextInt(1_000),
                random.nextInt(1_000),
                text.repeat(1 + random.nextInt(2_000)));
        int bytes = bytes(status);
        assertTrue(bytes <= StatusBudget.LIMIT, () -> text + ": " + bytes);
        assertTrue(bytes <= StatusBudget.size(status), () -> text + ": " + bytes);
        assertEquals(Phase.FAILED, status.phase());
        StatusInvariants.check(status, 1);
      }
    }
  }

  @Test
  void shouldDropTheOldestStageTransitionsWhenAllIsHostile() throws JsonProcessingException {
    for (String text : List.of("\"", "\\", "中", "\u00e9")) {
      // given
      AckTaskStatus base = status(100, 50, 100, text.repeat(2_000));
      List<AckTaskStatus.StageTransition> all =
          IntStream.range(0, AckTaskStatus.MAX_STAGE_TRANSITIONS)
              .mapToObj(i -> transition(text.repeat(254) + i))
              .toList();
      List<Condition> conditions =
          IntStream.range(0, 9).mapToObj(i -> condition("Type" + i, text.repeat(1_024))).toList();

      // when
      AckTaskStatus fitted =
          StatusBudget.fit(base.toBuilder().stageTransitions(all).conditions(conditions).build());

      // then
      assertTrue(bytes(fitted) <= StatusBudget.LIMIT, () -> text);
      assertEquals(conditions, fitted.conditions());
      assertEquals(base.error(), fitted.error());
      int kept = fitted.stageTransitions().size();
      assertTrue(kept > 0 && (kept < 32 || !text.equals("中")), () -> text + ": " + kept);
      assertEquals(all.subList(32 - kept, 32), fitted.stageTransitions());
      assertEquals(fitted, StatusBudget.fit(fitted), "does not shrink again");
    }
  }

  private static AckTaskStatus.StageTransition transition(String stage) {
    return new AckTaskStatus.StageTransition(stage, "2026-01-02T03:04:05Z");
  }

  private static Condition condition(String type, String message) {
    return new Condition(type, "True", "Running", message, 1L, "2026-01-02T03:04:05Z");
  }

  private static int bytes(AckTaskStatus status) throws JsonProcessingException {
    return JSON.writeValueAsString(status).getBytes(StandardCharsets.UTF_8).length;
  }

  private static AckTaskStatus status(int stages, int events, int results, String text) {
    JsonValue data =
        new JsonValue.Obj(List.of(new JsonValue.Member("data", new JsonValue.Text(text))));
    TaskInfo task =
        TaskInfo.builder(TASK_ID, "failed")
            .clusterId(text)
            .taskType(text)
            .created(text)
            .updated(text)
            .target(new TaskInfo.Target(text, text))
            .currentStage(text)
            .stages(
                IntStream.range(0, stages)
                    .mapToObj(i -> new TaskInfo.Stage("running", text, text, text, data))
                    .toList())
            .events(
                IntStream.range(0, events)
                    .mapToObj(
                        i ->
                            new TaskInfo.Event(
                                Long.toString(1_669_706_229_000L + i),
                                "Normal",
                                text,
                                "event " + i,
                                text,
                                text))
                    .toList())
            .results(
                IntStream.range(0, results)
                    .mapToObj(i -> new TaskInfo.Result(text, i % 10 == 0 ? "failed" : "success"))
                    .toList())
            .error(new TaskInfo.Problem(text, text))
            .parameters(data)
            .omitted(TaskInfo.Omitted.NONE)
            .build();
    AckTaskSnapshot snapshot =
        AckTaskSnapshot.builder("uid", spec().include(List.of("Parameters", "Outputs")).build())
            .build();
    PollSchedule schedule =
        new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));
    return new TaskEvaluator(schedule, Redaction.BUILT_IN)
        .evaluate(snapshot, new Observed(new TaskLookup.Found(task, null), null, null), NOW)
        .status();
  }
}
