package dev.acktask.bench.scenario;

import dev.acktask.bench.measure.Distribution;
import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Rig;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** How late changes were seen. */
final class Lags {
  private Lags() {}

  static void add(Section section, Rig rig, Supplier<IntStream> tasks) {
    double interval = rig.load().interval().toMillis() / 1e3;
    Distribution changes = rig.timeline().changeToSeen(tasks.get());
    section
        .add("change to visible, p50", changes.seconds(0.5) / interval, "intervals")
        .add("change to visible, p90", changes.seconds(0.9) / interval, "intervals")
        .add("change to visible, p99", changes.seconds(0.99) / interval, "intervals")
        .add("change to visible, longest", changes.seconds(1) / interval, "intervals");
    Distribution served = rig.timeline().servedToSeen(tasks.get());
    section
        .add("served to visible, p50", served.seconds(0.5) * 1e3, "ms")
        .add("served to visible, p99", served.seconds(0.99) * 1e3, "ms");
  }
}
