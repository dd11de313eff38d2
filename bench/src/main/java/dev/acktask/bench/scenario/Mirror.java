package dev.acktask.bench.scenario;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.harness.Load;
import dev.acktask.bench.report.Section;
import java.time.Duration;

/** Creates all objects under a running operator, the finished ones first. */
final class Mirror implements Scenario.Measurement {
  private static final Duration TIMEOUT = Duration.ofHours(1);

  @Override
  public Section of(Harness harness) {
    Load load = harness.load();
    Section section = new Section(Scenario.MIRROR.toString());
    section.add("ready, without any object", harness.startOperator().toMillis() / 1e3, "s");
    if (load.finished() > 0) {
      for (int task = load.tasks(); task < load.all(); task++) {
        harness.cloud().finish(task);
      }
      create(harness, load.tasks(), load.all());
      harness
          .progress()
          .untilNone(
              "finished tasks are not mirrored yet",
              () -> Math.max(0, harness.timeline().unobserved() - load.tasks()),
              TIMEOUT);
    }
    long began = System.nanoTime();
    create(harness, 0, load.tasks());
    double created = (System.nanoTime() - began) / 1e9;
    harness.untilAllObserved(TIMEOUT);
    double observed = (System.nanoTime() - began) / 1e9;
    section.count("tasks", load.tasks()).count("finished tasks beside them", load.finished());
    section.add("objects created in", created, "s").add("all mirrored after", observed, "s");
    harness.progress().pass("warm-up", load.timing().warmUp());
    return section;
  }

  private static void create(Harness harness, int first, int end) {
    int before = harness.objects().created();
    Thread creating =
        Thread.ofPlatform()
            .daemon()
            .start(() -> harness.objects().create(first, end, harness.load().interval()));
    harness
        .progress()
        .untilNone(
            "objects to create",
            () -> creating.isAlive() ? end - first - (harness.objects().created() - before) + 1 : 0,
            TIMEOUT);
    int created = harness.objects().created() - before;
    if (created != end - first) {
      throw new IllegalStateException("only %,d objects could be created".formatted(created));
    }
  }
}
