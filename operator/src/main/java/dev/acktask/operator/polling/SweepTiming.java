package dev.acktask.operator.polling;

import java.time.Duration;

/**
 * Times between the sweeps of one connection.
 *
 * @param requestInterval time for each request at the full budget
 * @param defaultInterval poll interval of clusters without tasks
 */
record SweepTiming(Duration requestInterval, Duration defaultInterval) {
  static final Duration CLUSTERS_INTERVAL = Duration.ofMinutes(5);
  static final Duration PLANS_INTERVAL = Duration.ofSeconds(60);
  static final Duration MIN_INTERVAL = Duration.ofSeconds(5);

  /**
   * Time between two sweeps of a cluster: as short as half of the budget allows.
   *
   * @param pages of all clusters that are swept
   * @param pollInterval shortest interval of the tasks of the cluster: the upper bound
   */
  Duration interval(long pages, Duration pollInterval) {
    Duration affordable = requestInterval.multipliedBy(2 * pages);
    Duration bounded = affordable.compareTo(pollInterval) < 0 ? affordable : pollInterval;
    return bounded.compareTo(MIN_INTERVAL) > 0 ? bounded : MIN_INTERVAL;
  }
}
