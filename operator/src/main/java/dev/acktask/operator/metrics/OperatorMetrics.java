package dev.acktask.operator.metrics;

import java.time.Duration;

/** Records the operator's own work as metrics. Implementations never block and never throw. */
public interface OperatorMetrics {
  /** Records nothing. */
  OperatorMetrics NONE =
      new OperatorMetrics() {
        @Override
        public void pollStarted(Duration delay) {}

        @Override
        public void reconcileFailed() {}

        @Override
        public void budgetAcquired(Duration wait) {}

        @Override
        public void sweepEnded(String connection, int missed) {}

        @Override
        public void eventEmitted(String reason) {}

        @Override
        public void eventDropped() {}
      };

  /**
   * A poll started.
   *
   * @param delay between the scheduled and the actual start
   */
  void pollStarted(Duration delay);

  /** A reconcile ended in a failure of the operator itself or of the Kubernetes API. */
  void reconcileFailed();

  /**
   * The request budget granted a poll.
   *
   * @param wait for the permit, after the poll was due
   */
  void budgetAcquired(Duration wait);

  /**
   * A sweep of a cluster ended.
   *
   * @param connection label of the connection
   * @param missed number of changes that polls found and the list had not announced
   */
  void sweepEnded(String connection, int missed);

  /** A Kubernetes Event with {@code reason} was emitted. */
  void eventEmitted(String reason);

  /** A Kubernetes Event was not written, because too many came at once or the API refused it. */
  void eventDropped();
}
