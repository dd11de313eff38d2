package dev.acktask.bench.scenario;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.harness.Load;
import dev.acktask.bench.report.Section;
import java.time.Duration;

/** Creates all objects, the finished ones first, and waits until the operator mirrors them. */
final class Mirror implements Scenario.Measurement {
  private static final Duration TIMEOUT = Duration.ofHours(1);

  @Override
  public Section of(Harness harness) {
    Load load = harness.load();
    Section section = new Section(Scenario.MIRROR.toString());
    section.count("tasks", load.tasks()).count("finished tasks beside them", load.finished());
    for (int task = load.tasks(); task < load.all(); task++) {
      harness.cloud().finish(task);
    }
    if (load.timing().objectsFirst()) {
      startAmongObjects(section, harness);
    } else {
      createUnderOperator(section, harness);
    }
    harness.progress().pass("warm-up", load.timing().warmUp());
    return section;
  }

  private static void startAmongObjects(Section section, Harness harness) {
    create(harness, harness.load().tasks(), harness.load().all());
    create(harness, 0, harness.load().tasks());
    long audit = harness.audit().end();
    long began = System.nanoTime();
    section.add("ready", harness.startOperator().toMillis() / 1e3, "s");
    mirrored(section, harness, began);
    section.count("Kubernetes writes", harness.audit().writesSince(audit).size());
  }

  private static void createUnderOperator(Section section, Harness harness) {
    Load load = harness.load();
    section.add("ready, without any object", harness.startOperator().toMillis() / 1e3, "s");
    if (load.finished() > 0) {
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
    section.add("objects created in", (System.nanoTime() - began) / 1e9, "s");
    mirrored(section, harness, began);
  }

  private static void mirrored(Section section, Harness harness, long began) {
    harness.untilAllObserved(TIMEOUT);
    section
        .add("all mirrored after", (System.nanoTime() - began) / 1e9, "s")
        .add("CPU until then", harness.usage().operator().cpu().toMillis() / 1e3, "s");
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
