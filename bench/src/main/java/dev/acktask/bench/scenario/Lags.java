package dev.acktask.bench.scenario;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.measure.Distribution;
import dev.acktask.bench.report.Section;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Adds the delays between a change, its answer and its observation. */
final class Lags {
  private Lags() {}

  static void add(Section section, Harness harness, Supplier<IntStream> tasks) {
    double interval = harness.load().interval().toMillis() / 1e3;
    Distribution changes = harness.timeline().changeToObserved(tasks.get());
    section
        .add("change to visible, p50", changes.seconds(0.5) / interval, "intervals")
        .add("change to visible, p90", changes.seconds(0.9) / interval, "intervals")
        .add("change to visible, p99", changes.seconds(0.99) / interval, "intervals")
        .add("change to visible, longest", changes.seconds(1) / interval, "intervals");
    Distribution served = harness.timeline().servedToObserved(tasks.get());
    section
        .add("served to visible, p50", served.seconds(0.5) * 1e3, "ms")
        .add("served to visible, p99", served.seconds(0.99) * 1e3, "ms");
  }
}
