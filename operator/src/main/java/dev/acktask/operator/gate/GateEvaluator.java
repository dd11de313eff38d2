package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.gate.GateSettings.Condition.NamedSucceeded;
import dev.acktask.operator.gate.GateSettings.Condition.NoneRunning;
import dev.acktask.operator.gate.GateSettings.Condition.SelectedSucceeded;
import dev.acktask.operator.text.Parsed;
import dev.acktask.operator.text.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Decides status and events of a gate. Equal input gives equal output.
 *
 * <p>An AllSucceeded gate is final once Succeeded is True or False. A NoneRunning gate follows the
 * lists and never settles.
 */
public final class GateEvaluator {
  /** Maximum age of a list of the tasks of a cluster that a gate is open by. */
  public static final Duration MAX_AGE = Duration.ofMinutes(2);

  /**
   * Decides. The evidence is not read if the gate is final or its spec invalid.
   *
   * @param evidence of the mode of the gate
   */
  public GateDecision evaluate(
      GateSnapshot gate, Parsed<GateSettings> settings, GateEvidence evidence, Instant now) {
    GateStatus trusted = gate.trustedStatus();
    if (trusted != null && gate.isFinal()) {
      return new GateDecision(trusted, List.of(), null);
    }
    return switch (settings) {
      case Parsed.Invalid<GateSettings> invalid ->
          decision(gate, GateFinding.invalid(invalid.problems()), GateDeadline.NONE, now);
      case Parsed.Valid<GateSettings> valid ->
          decision(
              gate,
              finding(gate, valid.value().condition(), evidence),
              GateDeadline.of(gate.created(), valid.value().deadline()),
              now);
    };
  }

  private static GateFinding finding(
      GateSnapshot gate, GateSettings.Condition condition, GateEvidence evidence) {
    return switch (condition) {
      case NamedSucceeded named -> AllSucceededRules.named(named, tasks(evidence));
      case SelectedSucceeded selected ->
          AllSucceededRules.selected(selected, gate.created(), tasks(evidence));
      case NoneRunning clusters -> NoneRunningRules.of(clusters, lists(evidence));
    };
  }

  private static List<GateTask> tasks(GateEvidence evidence) {
    if (evidence instanceof GateEvidence.Tasks tasks) {
      return tasks.tasks();
    }
    throw new IllegalArgumentException("an AllSucceeded gate needs the AckTasks");
  }

  private static GateEvidence.Lists lists(GateEvidence evidence) {
    if (evidence instanceof GateEvidence.Lists lists) {
      return lists;
    }
    throw new IllegalArgumentException("a NoneRunning gate needs the lists");
  }

  private static GateDecision decision(
      GateSnapshot gate, GateFinding finding, GateDeadline deadline, Instant now) {
    GateVerdict verdict = finding.verdict();
    List<Condition> conditions = GateConditions.of(gate, finding, deadline, now);
    GateStatus status =
        new GateStatus(
            gate.generation(),
            verdict.phase().apiName(),
            verdict.done(),
            SafeText.WORD.orNull(verdict.blocking()),
            conditions);
    return new GateDecision(
        status, GateEvents.of(gate, conditions), deadline.untilExceeded(verdict, now));
  }
}
