package dev.acktask.bench.scenario;

import dev.acktask.bench.cloud.Cloud;
import dev.acktask.bench.cluster.WriterPool;
import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.measure.Distribution;
import dev.acktask.bench.measure.ProcessUse;
import dev.acktask.bench.report.Section;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * Throughput of status writes of the API server. The benchmark writes the statuses while the
 * operator is stopped: first one after the other, then eight at once.
 */
final class Writes implements Scenario.Measurement {
  private static final int ALONE = 500;
  private static final int TIMEOUT_INTERVALS = 100;

  @Override
  public Section of(Harness harness) {
    Section section = new Section(Scenario.WRITES.toString());
    harness.stopOperator();
    harness.objects().readAll();
    int all = harness.load().tasks();
    write(section, "one by one", harness, new WriterPool(1), Math.min(ALONE, all));
    write(section, "eight at once", harness, WriterPool.ofEight(), all);
    return section;
  }

  private static void write(
      Section section, String how, Harness harness, WriterPool writers, int tasks) {
    harness.progress().say("writing %,d statuses %s".formatted(tasks, how));
    ProcessUse before = harness.apiServerUse();
    long began = System.nanoTime();
    writers.each(0, tasks, task -> write(harness, task));
    harness.untilAllObserved(harness.load().interval().multipliedBy(TIMEOUT_INTERVALS));
    double seconds = (System.nanoTime() - began) / 1e9;
    Duration cpu = harness.apiServerUse().cpu().minus(before.cpu());
    Distribution observed = harness.timeline().changeToObserved(IntStream.range(0, tasks));
    section
        .count("written " + how, tasks)
        .add("  writes per second", tasks / seconds, "/s")
        .add("  CPU of the API server per write", cpu.toNanos() / 1e6 / tasks, "ms")
        .add("  begun to visible, p50", observed.seconds(0.5) * 1e3, "ms")
        .add("  begun to visible, p99", observed.seconds(0.99) * 1e3, "ms");
  }

  private static void write(Harness harness, int task) {
    int version = harness.timeline().version(task) + 1;
    harness.timeline().changed(task, version);
    harness.objects().writeStatus(task, Cloud.marker(version));
  }
}
