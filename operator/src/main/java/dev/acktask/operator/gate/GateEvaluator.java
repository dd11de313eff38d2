package dev.acktask.operator.gate;

import dev.acktask.operator.text.Parsed;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides status and events of a gate. Equal input gives equal output.
 *
 * <p>An AllSucceeded gate is final once Succeeded is True or False. A NoneRunning gate follows the
 * lists and never settles.
 */
public final class GateEvaluator {
  /** Maximum age of a list of the tasks of a cluster that a gate is open by. */
  public static final Duration MAX_AGE = Duration.ofMinutes(2);

  /** Decides. */
  public GateDecision evaluate(
      GateSnapshot gate, Parsed<GateSettings> settings, GateEvidence evidence, Instant now) {
    throw new UnsupportedOperationException("not built yet");
  }
}
