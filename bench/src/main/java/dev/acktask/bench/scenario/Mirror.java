package dev.acktask.bench.scenario;

import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Load;
import dev.acktask.bench.rig.Rig;
import java.time.Duration;

/** Creates all objects under a running operator, the finished ones first. */
final class Mirror implements Scenario.Measurement {
  private static final Duration PATIENCE = Duration.ofHours(1);

  @Override
  public Section of(Rig rig) {
    Load load = rig.load();
    Section section = new Section(Scenario.MIRROR.toString());
    section.add("ready, without any object", rig.startOperator().toMillis() / 1e3, "s");
    if (load.finished() > 0) {
      for (int task = load.tasks(); task < load.all(); task++) {
        rig.cloud().finish(task);
      }
      create(rig, load.tasks(), load.all());
      rig.progress()
          .untilNone(
              "finished tasks are not shown yet",
              () -> Math.max(0, rig.timeline().unseen() - load.tasks()),
              PATIENCE);
    }
    long began = System.nanoTime();
    create(rig, 0, load.tasks());
    double created = (System.nanoTime() - began) / 1e9;
    rig.untilAllSeen(PATIENCE);
    double seen = (System.nanoTime() - began) / 1e9;
    section.count("tasks", load.tasks()).count("finished tasks beside them", load.finished());
    section.add("objects created in", created, "s").add("all mirrored after", seen, "s");
    rig.progress().pass("warm-up", load.warmUp());
    return section;
  }

  private static void create(Rig rig, int first, int end) {
    int before = rig.objects().created();
    Thread creating =
        Thread.ofPlatform()
            .daemon()
            .start(() -> rig.objects().create(first, end, rig.load().interval()));
    rig.progress()
        .untilNone(
            "objects to create",
            () -> creating.isAlive() ? end - first - (rig.objects().created() - before) + 1 : 0,
            PATIENCE);
    int created = rig.objects().created() - before;
    if (created != end - first) {
      throw new IllegalStateException("only %,d objects could be created".formatted(created));
    }
  }
}
