package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.gate.GateEvidence.Discovery;
import dev.acktask.operator.gate.GateModelTask.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What happens in the model: to AckTasks, in the cloud, to the operator, to the status. */
enum GateModelStep {
  CREATE(4),
  BEGIN_DELETION(1),
  DELETE(1),
  SUCCEED(8),
  FAIL(1),
  STALL(1),
  OBSERVE(2),
  EDIT_STATUS(1),
  LOSE_SYNC(1),
  LABEL(1),
  START(1),
  END(3),
  BEGIN_SWEEP(6),
  BEGIN_INCOMPLETE_SWEEP(1),
  END_SWEEP(8),
  FAIL_SWEEP(1),
  LEAVE_DISCOVERY(1),
  ACTIVATE_DISCOVERY(2),
  RESTART(1),
  PASS(6),
  PASS_LONG(1),
  MOVE_CLOCK(1),
  FORGE(1);

  private static final List<GateModelStep> WEIGHTED =
      List.of(values()).stream()
          .flatMap(step -> Collections.nCopies(step.weight, step).stream())
          .toList();

  private final int weight;

  GateModelStep(int weight) {
    this.weight = weight;
  }

  static GateModelStep draw(Random random) {
    return WEIGHTED.get(random.nextInt(WEIGHTED.size()));
  }

  void happen(GateModelWorld world, Random random) {
    switch (this) {
      case CREATE -> create(world, random);
      case BEGIN_DELETION -> each(world, random, task -> task.isBeingDeleted = true);
      case DELETE -> world.tasks.remove(name(random));
      case SUCCEED -> observe(world, random, Verdict.SUCCEEDED);
      case FAIL -> observe(world, random, Verdict.FAILED);
      case STALL -> observe(world, random, Verdict.STALLED);
      case OBSERVE -> observeUnfinished(world, random);
      case EDIT_STATUS -> each(world, random, task -> task.isForeign = true);
      case LOSE_SYNC -> each(world, random, task -> task.isSynced = false);
      case LABEL -> each(world, random, task -> task.hasLabel = random.nextBoolean());
      case START -> world.running.get(cluster(random)).add(name(random));
      case END -> world.running.get(cluster(random)).remove(name(random));
      case BEGIN_SWEEP -> sweep(world, random, true);
      case BEGIN_INCOMPLETE_SWEEP -> sweep(world, random, false);
      case END_SWEEP -> world.endSweep(random);
      case FAIL_SWEEP -> world.failSweep(random);
      case LEAVE_DISCOVERY -> leaveDiscovery(world, random);
      case ACTIVATE_DISCOVERY -> world.discovery = Discovery.ACTIVE;
      case RESTART -> world.restart();
      case PASS -> world.pass(Duration.ofMillis(random.nextInt(40_000)));
      case PASS_LONG -> world.pass(GateEvaluator.MAX_AGE.plusNanos(random.nextInt(2)));
      case MOVE_CLOCK -> world.now = world.now.plusSeconds(random.nextInt(7200) - 3600);
      case FORGE -> forge(world, random);
    }
  }

  private static String name(Random random) {
    return GateModelWorld.NAMES.get(random.nextInt(GateModelWorld.NAMES.size()));
  }

  private static String cluster(Random random) {
    return GateModelWorld.CLUSTERS.get(random.nextInt(GateModelWorld.CLUSTERS.size()));
  }

  private static void each(GateModelWorld world, Random random, Consumer<GateModelTask> change) {
    GateModelTask task = world.tasks.get(name(random));
    if (task != null) {
      change.accept(task);
    }
  }

  /** Also in place of an AckTask of this name: it was deleted and created again. */
  private static void create(GateModelWorld world, Random random) {
    String name = name(random);
    boolean hasLabel = random.nextInt(4) > 0;
    world.tasks.put(name, new GateModelTask(name, cluster(random), hasLabel, created(random)));
  }

  private static @Nullable Instant created(Random random) {
    Instant oldest = GateModelWorld.CREATED.minus(GateModelWorld.SINCE);
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> oldest;
      case 2 -> oldest.minusMillis(1);
      case 3 -> oldest.minusSeconds(86_400);
      case 4 -> GateModelWorld.CREATED.plusSeconds(60);
      default -> GateModelWorld.CREATED.minusSeconds(60);
    };
  }

  /** The operator polls the task and writes what it found. A verdict of the cloud is final. */
  private static void observe(GateModelWorld world, Random random, Verdict verdict) {
    each(
        world,
        random,
        task -> {
          task.isForeign = false;
          task.isSynced = true;
          if (!task.isSucceeded() && task.verdict != Verdict.FAILED) {
            task.verdict = verdict;
          }
        });
  }

  private static void observeUnfinished(GateModelWorld world, Random random) {
    Verdict[] unfinished = {Verdict.RUNNING, Verdict.SUSPENDED, Verdict.UNRECOGNIZED};
    observe(world, random, unfinished[random.nextInt(unfinished.length)]);
  }

  private static void sweep(GateModelWorld world, Random random, boolean isComplete) {
    world.beginSweep(cluster(random), random.nextInt(2), isComplete);
  }

  private static void leaveDiscovery(GateModelWorld world, Random random) {
    world.discovery = random.nextBoolean() ? Discovery.MISSING : Discovery.INACTIVE;
    if (random.nextBoolean()) {
      world.lists.clear();
      world.failures.clear();
    }
  }

  /** Another client writes a verdict, or the present status again. */
  private static void forge(GateModelWorld world, Random random) {
    GateStatus present = world.status;
    String[] statuses = {Condition.TRUE, Condition.FALSE, Condition.UNKNOWN};
    String[] reasons = {"AllSucceeded", "TaskNotSucceeded", "NoneRunning", "InvalidSpec"};
    if (present == null || random.nextBoolean()) {
      Condition succeeded =
          new Condition(
              "Succeeded",
              statuses[random.nextInt(statuses.length)],
              reasons[random.nextInt(reasons.length)],
              "Forged.",
              1L,
              "2020-01-01T00:00:00Z");
      world.status = new GateStatus(1L, "Succeeded", "5/5", null, List.of(succeeded));
    }
    world.isStatusTrusted = false;
  }
}
