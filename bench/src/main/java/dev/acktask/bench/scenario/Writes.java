package dev.acktask.bench.scenario;

import dev.acktask.bench.cloud.Cloud;
import dev.acktask.bench.cluster.Crew;
import dev.acktask.bench.measure.Distribution;
import dev.acktask.bench.measure.ProcessUse;
import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Rig;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * How fast the API server of this machine takes the operator's statuses, whoever writes them: the
 * benchmark does, while no operator runs and no cloud is asked. First one after the other, then
 * eight at once.
 */
final class Writes implements Scenario.Measurement {
  private static final int ALONE = 500;
  private static final int PATIENCE_INTERVALS = 100;

  @Override
  public Section of(Rig rig) {
    Section section = new Section(Scenario.WRITES.toString());
    rig.stopOperator();
    rig.objects().readAll();
    int all = rig.load().tasks();
    write(section, "one by one", rig, new Crew(1), Math.min(ALONE, all));
    write(section, "eight at once", rig, Crew.ofEight(), all);
    return section;
  }

  private static void write(Section section, String how, Rig rig, Crew crew, int tasks) {
    rig.progress().say("writing %,d statuses %s".formatted(tasks, how));
    ProcessUse before = rig.apiServerUse();
    long began = System.nanoTime();
    crew.each(0, tasks, task -> write(rig, task));
    rig.untilAllSeen(rig.load().interval().multipliedBy(PATIENCE_INTERVALS));
    double seconds = (System.nanoTime() - began) / 1e9;
    Duration cpu = rig.apiServerUse().cpu().minus(before.cpu());
    Distribution seen = rig.timeline().changeToSeen(IntStream.range(0, tasks));
    section
        .count("written " + how, tasks)
        .add("  writes per second", tasks / seconds, "/s")
        .add("  CPU of the API server per write", cpu.toNanos() / 1e6 / tasks, "ms")
        .add("  begun to visible, p50", seen.seconds(0.5) * 1e3, "ms")
        .add("  begun to visible, p99", seen.seconds(0.99) * 1e3, "ms");
  }

  private static void write(Rig rig, int task) {
    int version = rig.timeline().version(task) + 1;
    rig.timeline().changed(task, version);
    rig.objects().show(task, Cloud.marker(version));
  }
}
