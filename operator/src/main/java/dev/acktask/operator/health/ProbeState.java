package dev.acktask.operator.health;

import java.util.List;
import java.util.function.Supplier;

/** State of this process for the startup, readiness and liveness probes. */
public final class ProbeState {
  private volatile boolean isStarted;
  private volatile Supplier<Health> health = Health.Alive::new;
  private volatile Supplier<List<String>> details = List::of;

  /** Marks the process as started: this replica is ready to take over from the leader. */
  public void markStandby() {
    isStarted = true;
  }

  /**
   * Marks the process as started and reconciling.
   *
   * @param current result of the liveness probe from now on
   */
  public void markActive(Supplier<Health> current) {
    health = current;
    isStarted = true;
  }

  /**
   * Sets what the readiness probe reports besides its status.
   *
   * @param lines one line for each namespace that a ready replica does not serve, with the cause
   */
  public void setDetails(Supplier<List<String>> lines) {
    details = lines;
  }

  /** False while the process starts. A standby replica counts as started. */
  public boolean isStarted() {
    return isStarted;
  }

  /** Result of the liveness probe; alive while the process starts. */
  public Health health() {
    return health.get();
  }

  /** See {@link #setDetails}. */
  public List<String> details() {
    return details.get();
  }
}
