package dev.acktask.bench.scenario;

import dev.acktask.bench.measure.Distribution;
import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Rig;
import java.util.stream.LongStream;

/** Starts the operator a few times, then lets it settle. */
final class Start implements Scenario.Measurement {
  private static final int STARTS = 5;

  @Override
  public Section of(Rig rig) {
    Section section = new Section(Scenario.START.toString());
    LongStream.Builder all = LongStream.builder();
    for (int start = 0; start < STARTS; start++) {
      rig.stopOperator();
      all.add(rig.startOperator().toNanos());
    }
    Distribution ready = Distribution.of(all.build());
    section
        .add("ready, median of " + STARTS, ready.seconds(0.5), "s")
        .add("ready, slowest", ready.seconds(1), "s");
    rig.progress().pass("warm-up", rig.load().warmUp());
    Window window = Window.open(rig);
    rig.progress().pass("measuring", rig.load().window());
    window.close(section);
    return section;
  }
}
