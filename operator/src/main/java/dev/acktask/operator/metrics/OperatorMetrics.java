package dev.acktask.operator.metrics;

import java.time.Duration;

/** Records the operator's own work as metrics. Implementations never block and never throw. */
public interface OperatorMetrics {
  /** Records nothing. */
  OperatorMetrics NONE =
      new OperatorMetrics() {
        @Override
        public void reconcileStarted(Duration delay) {}

        @Override
        public void reconcileFailed() {}

        @Override
        public void budgetReserved(Duration wait) {}

        @Override
        public void eventEmitted(String reason) {}
      };

  /**
   * A scheduled reconcile started.
   *
   * @param delay between the scheduled and the actual start
   */
  void reconcileStarted(Duration delay);

  /** A reconcile ended in a failure of the operator itself or of the Kubernetes API. */
  void reconcileFailed();

  /**
   * The request budget granted a poll.
   *
   * @param wait until the poll may be made
   */
  void budgetReserved(Duration wait);

  /** A Kubernetes Event with {@code reason} was emitted. */
  void eventEmitted(String reason);
}
