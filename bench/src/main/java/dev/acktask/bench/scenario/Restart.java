package dev.acktask.bench.scenario;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.harness.Usage;
import dev.acktask.bench.report.Section;

/** Restarts the operator when all tasks are finished, and counts from the start. */
final class Restart implements Scenario.Measurement {
  @Override
  public Section of(Harness harness) {
    Section section = new Section(Scenario.RESTART.toString());
    harness.stopOperator();
    harness.startWindow();
    long audit = harness.audit().end();
    section.add("ready", harness.startOperator().toMillis() / 1e3, "s");
    section.add("CPU until ready", seconds(harness.usage()), "s");
    harness.progress().pass("measuring", harness.load().timing().window());
    Usage after = harness.usage();
    return section
        .count("calls", harness.polls().count() + harness.lists().count())
        .count("Kubernetes writes", harness.audit().writesSince(audit).size())
        .add("CPU in all", seconds(after), "s")
        .add("operator: RSS", after.operator().rssBytes() / (1024.0 * 1024), "MiB");
  }

  private static double seconds(Usage usage) {
    return usage.operator().cpu().toMillis() / 1e3;
  }
}
