package dev.acktask.bench.scenario;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.report.Section;
import java.time.Duration;

/** Ends every task and measures the idle operator afterwards. */
final class Finish implements Scenario.Measurement {
  private static final int TIMEOUT_INTERVALS = 100;

  @Override
  public Section of(Harness harness) {
    Section section = new Section(Scenario.FINISH.toString());
    for (int task = 0; task < harness.load().tasks(); task++) {
      harness.cloud().finish(task);
    }
    Duration interval = harness.load().interval();
    harness.untilAllObserved(interval.multipliedBy(TIMEOUT_INTERVALS));
    // Events follow the statuses; a superfluous poll would come within one interval.
    harness.progress().pass("settling", interval.multipliedBy(2));
    Window window = Window.open(harness);
    harness.progress().pass("measuring", harness.load().timing().window());
    window.close(section);
    return section;
  }
}
