package dev.acktask.bench.scenario;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.harness.Usage;
import dev.acktask.bench.measure.Distribution;
import dev.acktask.bench.report.Section;

/** Nothing changes: answers that are always the same. */
final class Steady implements Scenario.Measurement {
  private final Scenario scenario;

  Steady(Scenario scenario) {
    this.scenario = scenario;
  }

  @Override
  public Section of(Harness harness) {
    Section section = new Section(scenario.toString());
    Window window = Window.open(harness);
    harness.progress().pass("measuring", harness.load().timing().window());
    long polls = harness.polls().count();
    Distribution gaps = harness.polls().gaps();
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
