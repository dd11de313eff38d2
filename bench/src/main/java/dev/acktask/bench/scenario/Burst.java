package dev.acktask.bench.scenario;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.harness.Usage;
import dev.acktask.bench.report.Section;
import java.util.stream.IntStream;

/** Every task changes at the same moment. */
final class Burst implements Scenario.Measurement {
  private static final int TIMEOUT_INTERVALS = 100;

  @Override
  public Section of(Harness harness) {
    Section section = new Section(Scenario.BURST.toString());
    int tasks = harness.load().tasks();
    Window window = Window.open(harness);
    for (int task = 0; task < tasks; task++) {
      harness.cloud().change(task);
    }
    harness.untilAllObserved(harness.load().interval().multipliedBy(TIMEOUT_INTERVALS));
    Usage after = window.close(section);
    double cpu = after.operatorSince(window.before()).toNanos() / 1e6;
    section.count("changes", tasks).add("CPU per change, with polls", cpu / tasks, "ms");
    Lags.add(section, harness, () -> IntStream.range(0, tasks));
    return section;
  }
}
