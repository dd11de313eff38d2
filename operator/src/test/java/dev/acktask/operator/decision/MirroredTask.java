package dev.acktask.operator.decision;

import static dev.acktask.operator.api.v1alpha1.AckTasks.TASK_ID;
import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.alibaba.RecordedAnswer;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.estimate.UsualDurations;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.text.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One AckTask and its status after each poll. */
final class MirroredTask {
  static final AckTaskSpec SPEC = spec().build();

  private static final PollSchedule SCHEDULE =
      new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));
  private static final Instant CREATED = Instant.parse("2026-01-02T03:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<String> emitted = new ArrayList<>();
  private final TaskEvaluator evaluator = new TaskEvaluator(SCHEDULE, Redaction.BUILT_IN);
  private AckTaskSpec spec;
  private long generation = 1;
  private String refresh;
  private AckTaskStatus.Connection connection;
  private AckTaskStatus status;
  private Decision last;
  private UsualDurations usual;
  private Instant missingSince;
  private Duration nextPoll;
  private Instant now = CREATED;

  MirroredTask(AckTaskSpec spec) {
    this.spec = spec;
  }

  static MirroredTask created() {
    return new MirroredTask(SPEC);
  }

  /** After the first poll of a task in this state. */
  static MirroredTask observing(String state) {
    return created().observes(state);
  }

  /** The cloud answers with a task in this state. */
  MirroredTask observes(String state) {
    return observes(state, "");
  }

  /** The cloud answers with a task in this state and with more fields, as JSON. */
  MirroredTask observes(String state, String fields) {
    String more = fields.isEmpty() ? "" : ", " + fields;
    String body =
        """
        {"task_id": "%s", "state": "%s", "cluster_id": "c1", "task_type": "cluster_upgrade"%s}
        """
            .formatted(TASK_ID, state, more);
    Map<String, String> headers = Map.of("x-acs-request-id", "R-" + now.getEpochSecond());
    return observes(new RecordedAnswer(200, headers, body).readFor(TASK_ID));
  }

  MirroredTask observes(TaskLookup lookup) {
    boolean isNotFound = lookup instanceof TaskLookup.NotFound;
    missingSince = !isNotFound ? null : missingSince == null ? now : missingSince;
    AckTaskSnapshot polled = snapshot();
    apply(evaluator.evaluate(polled, new Observed(lookup, missingSince, connection), now));
    Instant since = isNotFound ? missingSince : polled.failedSince().orElse(null);
    nextPoll =
        Verdict.of(status).isFinished() ? null : SCHEDULE.afterPoll(polled, lookup, now, since);
    return this;
  }

  /** A reconcile without a poll. */
  MirroredTask reconciled() {
    nextPoll = null;
    return apply(evaluator.evaluateWithoutPoll(snapshot(), now));
  }

  /** A reconcile with an invalid task id. */
  MirroredTask refused() {
    nextPoll = null;
    return apply(evaluator.refuse(snapshot(), now));
  }

  MirroredTask edited(AckTaskSpec edit) {
    spec = edit;
    generation++;
    return this;
  }

  /** The next polls are made with this connection; null where none can be used. */
  MirroredTask through(AckTaskStatus.Connection used) {
    connection = used;
    return this;
  }

  /** How long tasks like this one usually take; null while that is not computed. */
  MirroredTask usually(UsualDurations durations) {
    usual = durations;
    return this;
  }

  MirroredTask refreshRequested(String value) {
    refresh = value;
    return this;
  }

  MirroredTask after(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** True if a decision now would add that the task takes longer than usual. */
  boolean becomesSlow() {
    return snapshot().becomesSlow(now);
  }

  /** The status as JSON. */
  JsonNode status() {
    return JSON.valueToTree(status);
  }

  /** A field of the status as text; empty where there is none. */
  String status(String pointer) {
    return status().at(pointer).asText();
  }

  /** Status and reason of a condition, {@code -} where it is absent. */
  String condition(String type) {
    return status.conditions().stream()
        .filter(c -> c.type().equals(type))
        .map(c -> c.status() + "/" + c.reason())
        .findFirst()
        .orElse("-");
  }

  String message(String type) {
    return status.conditions().stream()
        .filter(c -> c.type().equals(type))
        .map(Condition::message)
        .findFirst()
        .orElseThrow();
  }

  /** Wait before the next poll, or null. */
  Duration nextPoll() {
    return nextPoll;
  }

  /** Wait before the next change by time alone, or null. */
  Duration nextChange() {
    return last.reconcileAgainAfter();
  }

  /** The result of kstatus. */
  String kstatus() {
    return StatusInvariants.kstatus(status);
  }

  private MirroredTask apply(Decision decision) {
    StatusInvariants.check(decision.status(), generation);
    last = decision;
    status = decision.status();
    decision.events().forEach(event -> emitted.add(event.reason()));
    return this;
  }

  private AckTaskSnapshot snapshot() {
    return AckTaskSnapshot.builder("uid", spec)
        .generation(generation)
        .status(status)
        .operatorWroteStatus(true)
        .created(CREATED.toString())
        .refreshRequest(refresh)
        .usualDurations(usual)
        .build();
  }

  /** Asserts one row of the table of conditions. */
  void assertRow(
      String phase,
      String succeeded,
      boolean reconciling,
      boolean stalled,
      String synced,
      boolean completed) {
    assertEquals(phase, status("/phase"));
    assertEquals(succeeded, condition("Succeeded"));
    assertEquals(succeeded, condition("Ready"));
    assertEquals(reconciling, condition("Reconciling").startsWith("True/"), "Reconciling");
    assertEquals(stalled, condition("Stalled").startsWith("True/"), "Stalled");
    assertEquals(synced, condition("Synced"));
    assertEquals(completed, status().has("completionTime"), "completionTime");
    boolean settled = !succeeded.startsWith("Unknown/");
    assertEquals(settled ? "True" : "False", condition("Settled").split("/", 2)[0]);
  }
}
