package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.estimate.UsualDurations;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The expected end and SlowerThanUsual. The task starts at 03:00, when it is first polled. */
final class ExpectedEndTest {
  private static final UsualDurations HALF_AN_HOUR = usual(7, 20, 30);
  private static final String CREATED = "\"created\": \"2026-01-02T03:00:00Z\"";
  private static final String DRAINING = CREATED + ", \"current_stage\": \"DrainNodes\"";

  private final MirroredTask task = MirroredTask.created().usually(HALF_AN_HOUR);

  @Test
  void shouldEstimateTheEndFromTheMedian() {
    task.observes("running", CREATED);
    assertEquals("2026-01-02T03:20:00Z", task.status("/estimatedCompletionTime"));
    assertEquals("7", task.status("/estimateSampleSize"));
  }

  @Test
  void shouldHaveNoEstimateOnceFinished() {
    task.observes("running", CREATED).after(Duration.ofMinutes(40));
    for (String state : List.of("success", "failed", "canceled")) {
      task.observes(state, CREATED);
      assertNoEstimate();
      assertEquals("-", task.condition("SlowerThanUsual"));
    }
  }

  @Test
  void shouldHaveNoEstimateWhenTheStartIsUnknown() {
    task.observes("running", "\"created\": \"soon\"").after(Duration.ofHours(5)).reconciled();
    assertNoEstimate();
    assertEquals("-", task.condition("SlowerThanUsual"));
  }

  @Test
  void shouldHaveNoEstimateWhenTooFewTasksAreKnown() {
    task.usually(UsualDurations.UNKNOWN).observes("running", CREATED).after(Duration.ofHours(5));
    task.reconciled();
    assertNoEstimate();
    assertEquals("-", task.condition("SlowerThanUsual"));
  }

  @Test
  void shouldDropTheEstimateWhenTooFewTasksAreKnown() {
    task.observes("running", CREATED).usually(UsualDurations.UNKNOWN).observes("paused", CREATED);
    assertNoEstimate();
  }

  @Test
  void shouldKeepTheEstimateBeforeTheFirstComputation() {
    task.observes("running", CREATED).usually(null).observes("paused", CREATED);
    assertEquals("2026-01-02T03:20:00Z", task.status("/estimatedCompletionTime"));
  }

  @Test
  void shouldWriteNothingWhenOnlyTheEstimateChanges() {
    // given
    JsonNode before = task.observes("running", CREATED).status();

    // when
    task.usually(usual(8, 25, 35)).observes("running", CREATED);

    // then
    assertEquals(before, task.status());
    task.observes("paused", CREATED);
    assertEquals("2026-01-02T03:25:00Z", task.status("/estimatedCompletionTime"));
    assertEquals("8", task.status("/estimateSampleSize"));
  }

  @Test
  void shouldBeSlowAtThePercentileAndNotBefore() {
    // given
    task.observes("running", CREATED).after(Duration.ofSeconds(1_799)).reconciled();
    assertEquals("-", task.condition("SlowerThanUsual"));

    // when
    task.after(Duration.ofSeconds(1)).reconciled();

    // then
    assertEquals("True/TaskSlow", task.condition("SlowerThanUsual"));
    assertEquals(
        "Nine of ten tasks of this type took at most 30m (of 7 that succeeded).",
        task.message("SlowerThanUsual"));
  }

  @Test
  void shouldBecomeSlowOnce() {
    assertFalse(task.becomesSlow(), "has no status");

    task.observes("running", CREATED).after(Duration.ofSeconds(1_799));
    assertFalse(task.becomesSlow());

    task.after(Duration.ofSeconds(1));
    assertTrue(task.becomesSlow());

    assertFalse(task.reconciled().becomesSlow(), "says so already");
  }

  @Test
  void shouldNameTheStageThatTakesLonger() {
    task.usually(usual(7, 20, 30, Map.of("DrainNodes", Duration.ofMinutes(10))));
    task.observes("running", DRAINING).after(Duration.ofMinutes(30)).reconciled();
    assertEquals("True/StageSlow", task.condition("SlowerThanUsual"));
    assertEquals(
        "Nine of ten tasks of this type took at most 30m (of 7 that succeeded)."
            + " Its stage DrainNodes has taken longer than usual: at most 10m.",
        task.message("SlowerThanUsual"));
  }

  @Test
  void shouldNotNameAStageThatTakesNoLonger() {
    task.usually(usual(7, 20, 30, Map.of("DrainNodes", Duration.ofMinutes(31))));
    task.observes("running", DRAINING).after(Duration.ofMinutes(30)).reconciled();
    assertEquals("True/TaskSlow", task.condition("SlowerThanUsual"));
  }

  @Test
  void shouldStaySlowUntilTheTaskIsFinished() {
    // given
    task.observes("running", CREATED).after(Duration.ofMinutes(30)).reconciled();

    // when: more tasks are known, none, or not yet
    for (UsualDurations later : Arrays.asList(usual(9, 50, 90), UsualDurations.UNKNOWN, null)) {
      task.usually(later).observes("paused", CREATED).observes("running", CREATED);

      // then
      assertEquals("True/TaskSlow", task.condition("SlowerThanUsual"));
    }
    assertEquals("-", task.observes("success", CREATED).condition("SlowerThanUsual"));
  }

  @Test
  void shouldNotChangeTheMessageByItself() {
    // given
    task.observes("running", CREATED).after(Duration.ofMinutes(30)).reconciled();
    JsonNode before = task.status();

    // when
    task.usually(usual(9, 10, 15)).after(Duration.ofMinutes(5)).observes("running", CREATED);

    // then
    assertEquals(before, task.status());
  }

  @Test
  void shouldWarnOnce() {
    task.observes("running", CREATED).after(Duration.ofMinutes(30)).reconciled();
    task.after(Duration.ofMinutes(5)).observes("paused", CREATED).observes("running", CREATED);
    assertEquals(1, Collections.frequency(task.emitted, "SlowerThanUsual"));
  }

  @Test
  void shouldNotBecomeSlowWhileSuspended() {
    task.observes("running", CREATED).edited(AckTasks.spec().suspend(true).build());
    task.after(Duration.ofHours(1)).reconciled();
    assertEquals("-", task.condition("SlowerThanUsual"));
    task.edited(MirroredTask.SPEC).observes("running", CREATED);
    assertEquals("True/TaskSlow", task.condition("SlowerThanUsual"));
  }

  @Test
  void shouldBoundTheMessage() {
    String stage = "中".repeat(256);
    task.usually(usual(7, 20, 30, Map.of(stage, Duration.ofMinutes(10))));
    task.observes("running", CREATED + ", \"current_stage\": \"" + stage + "\"");
    task.after(Duration.ofMinutes(30)).reconciled();
    assertEquals("True", task.condition("SlowerThanUsual").split("/", 2)[0]);
  }

  private void assertNoEstimate() {
    assertFalse(task.status().has("estimatedCompletionTime"), () -> task.status().toString());
    assertFalse(task.status().has("estimateSampleSize"), () -> task.status().toString());
  }

  private static UsualDurations usual(int size, int median, int percentile90) {
    return usual(size, median, percentile90, Map.of());
  }

  private static UsualDurations usual(
      int size, int median, int percentile90, Map<String, Duration> stages) {
    return new UsualDurations(
        size, Duration.ofMinutes(median), Duration.ofMinutes(percentile90), stages);
  }
}
