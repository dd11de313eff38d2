package dev.acktask.bench.scenario;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.measure.Distribution;
import dev.acktask.bench.report.Section;
import java.util.stream.LongStream;

/** Restarts the operator a few times, then measures it after the warm-up. */
final class Start implements Scenario.Measurement {
  private static final int STARTS = 5;

  @Override
  public Section of(Harness harness) {
    Section section = new Section(Scenario.START.toString());
    LongStream.Builder all = LongStream.builder();
    for (int start = 0; start < STARTS; start++) {
      harness.stopOperator();
      all.add(harness.startOperator().toNanos());
    }
    Distribution ready = Distribution.of(all.build());
    section
        .add("ready, median of " + STARTS, ready.seconds(0.5), "s")
        .add("ready, slowest", ready.seconds(1), "s");
    harness.progress().pass("warm-up", harness.load().timing().warmUp());
    Window window = Window.open(harness);
    harness.progress().pass("measuring", harness.load().timing().window());
    window.close(section);
    return section;
  }
}
