package dev.acktask.operator.design;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.alibaba.RecordedAnswer;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.decision.Decision;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.StatusInvariants;
import dev.acktask.operator.decision.Subject;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.text.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One AckTask and what it shows after each look, as a reader of the object sees it. */
final class Mirrored {
  static final String TASK_ID = "T-000000000000000000000a01";
  static final AckTaskSpec SPEC =
      new AckTaskSpec(TASK_ID, null, null, null, null, null, null, null);

  private static final PollSchedule SCHEDULE =
      new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));
  private static final Instant CREATED = Instant.parse("2026-01-02T03:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<String> told = new ArrayList<>();
  private final TaskEvaluator evaluator = new TaskEvaluator(SCHEDULE, Redaction.BUILT_IN);
  private AckTaskSpec spec;
  private long generation = 1;
  private String refresh;
  private AckTaskStatus status;
  private Decision last;
  private Instant missingSince;
  private Instant now = CREATED;

  Mirrored(AckTaskSpec spec) {
    this.spec = spec;
  }

  static Mirrored created() {
    return new Mirrored(SPEC);
  }

  /** After a first look at a task in this state. */
  static Mirrored saying(String state) {
    return created().sees(state);
  }

  /** The cloud answers with a task in this state. */
  Mirrored sees(String state) {
    return sees(state, "");
  }

  /** The cloud answers with a task in this state and with more fields, as JSON. */
  Mirrored sees(String state, String fields) {
    String more = fields.isEmpty() ? "" : ", " + fields;
    String body =
        """
        {"task_id": "%s", "state": "%s", "cluster_id": "c1", "task_type": "cluster_upgrade"%s}
        """
            .formatted(TASK_ID, state, more);
    Map<String, String> headers = Map.of("x-acs-request-id", "R-" + now.getEpochSecond());
    return sees(new RecordedAnswer(200, headers, body).readFor(TASK_ID));
  }

  Mirrored sees(TaskLookup lookup) {
    return takes(evaluator.evaluate(subject(), lookup, now, missingSince));
  }

  /** A visit at which the cloud is not asked. */
  Mirrored isVisited() {
    return takes(evaluator.acknowledge(subject(), now));
  }

  /** A visit at which the spec turns out to be one that no request may be made for. */
  Mirrored isRefused() {
    return takes(evaluator.refuse(subject(), now));
  }

  Mirrored edited(AckTaskSpec edit) {
    spec = edit;
    generation++;
    return this;
  }

  Mirrored refreshRequested(String value) {
    refresh = value;
    return this;
  }

  Mirrored after(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** The status as one reads it with kubectl. */
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

  /** Until the cloud is asked again; null for never. */
  Duration nextLook() {
    return last.pollAgainAfter();
  }

  /** Until time alone changes something; null for never. */
  Duration visitAgain() {
    return last.visitAgainAfter();
  }

  /** What generic tools make of it. */
  String kstatus() {
    return StatusInvariants.kstatus(status);
  }

  private Mirrored takes(Decision decision) {
    StatusInvariants.check(decision.status(), generation);
    last = decision;
    status = decision.status();
    missingSince = decision.notFoundSince();
    decision.events().forEach(event -> told.add(event.reason()));
    return this;
  }

  private Subject subject() {
    return new Subject("uid", generation, spec, status, true, CREATED.toString(), refresh);
  }

  /** A row of the table of conditions. */
  void shows(
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
