package dev.acktask.bench.scenario;

import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Load;
import dev.acktask.bench.rig.Rig;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

/** One task in twenty changes in each interval, evenly spread, each of them once at most. */
final class Trickle implements Scenario.Measurement {
  private static final double SHARE = 0.05;
  private static final long SEED = 1;
  private static final int PATIENCE_INTERVALS = 20;

  @Override
  public Section of(Rig rig) {
    Section section = new Section(Scenario.TRICKLE.toString());
    int[] tasks = chosen(rig.load());
    Duration pause = rig.load().window().dividedBy(tasks.length);
    rig.progress().say("measuring, %,d changes in %s".formatted(tasks.length, rig.load().window()));
    Window window = Window.open(rig);
    long next = System.nanoTime();
    for (int task : tasks) {
      rig.progress().until(next);
      rig.cloud().change(task);
      next += pause.toNanos();
    }
    rig.untilAllSeen(rig.load().interval().multipliedBy(PATIENCE_INTERVALS));
    window.close(section);
    section.count("changes", tasks.length);
    Lags.add(section, rig, () -> IntStream.of(tasks));
    return section;
  }

  private static int[] chosen(Load load) {
    double intervals = (double) load.window().toMillis() / load.interval().toMillis();
    long number = Math.clamp(Math.round(load.tasks() * SHARE * intervals), 1, load.tasks());
    return new Random(SEED).ints(0, load.tasks()).distinct().limit(number).toArray();
  }
}
