package dev.acktask.bench.harness;

import dev.acktask.bench.measure.ProcessUse;
import dev.acktask.bench.report.Section;
import java.time.Duration;

/**
 * Resource usage of all processes at one moment.
 *
 * @param nanos of the monotonic clock
 * @param bench the simulator and the benchmark itself
 */
public record Usage(
    long nanos, ProcessUse operator, ProcessUse apiServer, ProcessUse etcd, ProcessUse bench) {
  private static final double MIB = 1024 * 1024;

  /** Processor time of the operator since {@code earlier}. */
  public Duration operatorSince(Usage earlier) {
    return operator.cpu().minus(earlier.operator.cpu());
  }

  /** From {@code earlier} until now, in seconds. */
  public double secondsSince(Usage earlier) {
    return (nanos - earlier.nanos) / 1e9;
  }

  /**
   * Adds the CPU usage of each process since {@code earlier} and the memory of the operator now.
   */
  public void addTo(Section section, Usage earlier) {
    double seconds = secondsSince(earlier);
    section
        .add("operator: processors", share(operator, earlier.operator, seconds), "cores")
        .add("API server: processors", share(apiServer, earlier.apiServer, seconds), "cores")
        .add("etcd: processors", share(etcd, earlier.etcd, seconds), "cores")
        .add("simulator and bench: processors", share(bench, earlier.bench, seconds), "cores")
        .add("operator: RSS", operator.rssBytes() / MIB, "MiB");
  }

  private static double share(ProcessUse now, ProcessUse before, double seconds) {
    return now.cpu().minus(before.cpu()).toNanos() / 1e9 / seconds;
  }
}
