package dev.acktask.bench.scenario;

import dev.acktask.bench.measure.Distribution;
import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Rig;
import dev.acktask.bench.rig.Usage;

/** Polls answers that are always the same. */
final class Steady implements Scenario.Measurement {
  @Override
  public Section of(Rig rig) {
    Section section = new Section(Scenario.STEADY.toString());
    Window window = Window.open(rig);
    rig.progress().pass("measuring", rig.load().window());
    long polls = rig.polls().count();
    Distribution gaps = rig.polls().gaps();
    Usage after = window.close(section);
    double cpu = after.operatorSince(window.before()).toNanos() / 1e6;
    return section
        .add("polls per second", polls / after.secondsSince(window.before()), "/s")
        .add("gap between polls, p50", gaps.seconds(0.5), "s")
        .add("gap between polls, p99", gaps.seconds(0.99), "s")
        .add("gap between polls, longest", gaps.seconds(1), "s")
        .add("CPU per unchanged poll", cpu / polls, "ms");
  }
}
