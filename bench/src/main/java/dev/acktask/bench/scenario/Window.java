package dev.acktask.bench.scenario;

import static java.util.stream.Collectors.toList;

import dev.acktask.bench.cluster.AuditTail;
import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.harness.Usage;
import dev.acktask.bench.measure.Distribution;
import dev.acktask.bench.report.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A measured period: calls, writes and resource usage between open and close. */
final class Window {
  private final Harness harness;
  private final long audit;
  private final Usage before;

  private Window(Harness harness) {
    this.harness = harness;
    this.audit = harness.audit().end();
    this.before = harness.usage();
    harness.startWindow();
  }

  static Window open(Harness harness) {
    return new Window(harness);
  }

  /** Adds the calls, writes, CPU and memory since it was opened. */
  Usage close(Section section) {
    Usage after = harness.usage();
    addCalls(section, after.secondsSince(before));
    addWrites(section, harness.audit().writesSince(audit));
    after.addTo(section, before);
    return after;
  }

  private void addCalls(Section section, double seconds) {
    long polls = harness.polls().count();
    long lists = harness.lists().count();
    double onePollPerTask =
        harness.load().tasks() * seconds / (harness.load().interval().toMillis() / 1e3);
    section
        .count("calls", polls + lists)
        .count("  polls", polls)
        .count("  lists", lists)
        .add("calls per second", (polls + lists) / seconds, "/s")
        .add("  polls per second", polls / seconds, "/s")
        .add("  lists per second", lists / seconds, "/s")
        .add("calls per task and interval", (polls + lists) / onePollPerTask, "");
  }

  private static void addWrites(Section section, List<AuditTail.Write> writes) {
    section.count("Kubernetes writes", writes.size());
    Map<String, List<AuditTail.Write>> kinds =
        writes.stream()
            .collect(Collectors.groupingBy(AuditTail.Write::what, TreeMap::new, toList()));
    kinds.forEach(
        (what, some) -> {
          Distribution took =
              Distribution.of(some.stream().mapToLong(write -> write.took().toNanos()));
          section
              .count("  of " + what, some.size())
              .add("    at the API server, p50", took.seconds(0.5) * 1e3, "ms")
              .add("    at the API server, p99", took.seconds(0.99) * 1e3, "ms");
        });
  }

  Usage before() {
    return before;
  }
}
