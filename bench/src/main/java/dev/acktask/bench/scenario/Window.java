package dev.acktask.bench.scenario;

import static java.util.stream.Collectors.toList;

import dev.acktask.bench.cluster.AuditTail;
import dev.acktask.bench.measure.Distribution;
import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Rig;
import dev.acktask.bench.rig.Usage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A stretch of time between two looks at everything that counts. */
final class Window {
  private final Rig rig;
  private final long audit;
  private final Usage before;

  private Window(Rig rig) {
    this.rig = rig;
    this.audit = rig.audit().end();
    this.before = rig.usage();
    rig.polls().startWindow();
  }

  static Window open(Rig rig) {
    return new Window(rig);
  }

  /** Adds what happened since it was opened: calls, writes, processors and memory. */
  Usage close(Section section) {
    Usage after = rig.usage();
    section.count("calls", rig.polls().count());
    addWrites(section, rig.audit().writesSince(audit));
    after.addTo(section, before);
    return after;
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
