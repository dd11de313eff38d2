package dev.acktask.bench.scenario;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.harness.Load;
import dev.acktask.bench.report.Section;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

/** One task in twenty changes per interval, evenly spread; each task changes at most once. */
final class PartialChange implements Scenario.Measurement {
  private static final double SHARE = 0.05;
  private static final long SEED = 1;
  private static final int TIMEOUT_INTERVALS = 50;

  @Override
  public Section of(Harness harness) {
    Section section = new Section(Scenario.TRICKLE.toString());
    int[] tasks = chosen(harness.load());
    Duration pause = harness.load().timing().window().dividedBy(tasks.length);
    harness
        .progress()
        .say(
            "measuring, %,d changes in %s"
                .formatted(tasks.length, harness.load().timing().window()));
    Window window = Window.open(harness);
    long next = System.nanoTime();
    for (int task : tasks) {
      harness.progress().until(next);
      harness.cloud().change(task);
      next += pause.toNanos();
    }
    harness.untilAllObserved(harness.load().interval().multipliedBy(TIMEOUT_INTERVALS));
    window.close(section);
    section.count("changes", tasks.length);
    Lags.add(section, harness, () -> IntStream.of(tasks));
    return section;
  }

  private static int[] chosen(Load load) {
    double intervals = (double) load.timing().window().toMillis() / load.interval().toMillis();
    long number = Math.clamp(Math.round(load.tasks() * SHARE * intervals), 1, load.tasks());
    return new Random(SEED).ints(0, load.tasks()).distinct().limit(number).toArray();
  }
}
