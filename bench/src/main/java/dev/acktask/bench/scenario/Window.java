package dev.acktask.bench.scenario;

import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Rig;
import dev.acktask.bench.rig.Usage;
import java.util.Map;

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
    Map<String, Integer> writes = rig.audit().writesSince(audit);
    section.count("Kubernetes writes", writes.values().stream().mapToInt(Integer::intValue).sum());
    writes.forEach((what, number) -> section.count("  of " + what, number));
    after.addTo(section, before);
    return after;
  }

  Usage before() {
    return before;
  }
}
