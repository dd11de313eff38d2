package dev.acktask.bench.scenario;

import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Rig;
import dev.acktask.bench.rig.Usage;

/** Starts the operator among objects that have all ended, and counts from its first moment. */
final class Restart implements Scenario.Measurement {
  @Override
  public Section of(Rig rig) {
    Section section = new Section(Scenario.RESTART.toString());
    rig.stopOperator();
    rig.polls().startWindow();
    long audit = rig.audit().end();
    section.add("ready", rig.startOperator().toMillis() / 1e3, "s");
    section.add("CPU until ready", seconds(rig.usage()), "s");
    rig.progress().pass("measuring", rig.load().window());
    Usage after = rig.usage();
    return section
        .count("calls", rig.polls().count())
        .count("Kubernetes writes", rig.audit().writesSince(audit).size())
        .add("CPU in all", seconds(after), "s")
        .add("operator: RSS", after.operator().rssBytes() / (1024.0 * 1024), "MiB");
  }

  private static double seconds(Usage usage) {
    return usage.operator().cpu().toMillis() / 1e3;
  }
}
