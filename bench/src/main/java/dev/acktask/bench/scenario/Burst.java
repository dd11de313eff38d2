package dev.acktask.bench.scenario;

import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Rig;
import java.util.stream.IntStream;

/** Every task changes at the same moment. */
final class Burst implements Scenario.Measurement {
  private static final int PATIENCE_INTERVALS = 100;

  @Override
  public Section of(Rig rig) {
    Section section = new Section(Scenario.BURST.toString());
    int tasks = rig.load().tasks();
    Window window = Window.open(rig);
    for (int task = 0; task < tasks; task++) {
      rig.cloud().change(task);
    }
    rig.untilAllSeen(rig.load().interval().multipliedBy(PATIENCE_INTERVALS));
    window.close(section);
    section.count("changes", tasks);
    Lags.add(section, rig, () -> IntStream.range(0, tasks));
    return section;
  }
}
