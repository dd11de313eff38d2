package dev.acktask.bench.scenario;

import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Rig;
import java.time.Duration;

/** Ends every task, and looks at the quiet after it. */
final class Finish implements Scenario.Measurement {
  private static final int PATIENCE_INTERVALS = 100;

  @Override
  public Section of(Rig rig) {
    Section section = new Section(Scenario.FINISH.toString());
    for (int task = 0; task < rig.load().tasks(); task++) {
      rig.cloud().finish(task);
    }
    Duration interval = rig.load().interval();
    rig.untilAllSeen(interval.multipliedBy(PATIENCE_INTERVALS));
    // Events follow the statuses, and a poll too many would come within an interval.
    rig.progress().pass("settling", interval.multipliedBy(2));
    Window window = Window.open(rig);
    rig.progress().pass("measuring", rig.load().window());
    window.close(section);
    return section;
  }
}
