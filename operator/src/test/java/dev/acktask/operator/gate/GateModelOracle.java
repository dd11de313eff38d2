package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.gate.GateEvidence.Discovery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Status and reason of Succeeded that follow from the facts of the world, by separate rules: it
 * calls no production code.
 */
final class GateModelOracle {
  private static final long TWO_MINUTES = 120_000_000_000L;

  /** Status and reason of Succeeded. */
  record Expected(String status, String reason, String done) {
    boolean isOpen() {
      return status.equals(Condition.TRUE);
    }
  }

  private final GateModelWorld world;

  GateModelOracle(GateModelWorld world) {
    this.world = world;
  }

  Expected expected() {
    GateSpec spec = world.spec;
    if (spec.clusterIds() != null) {
      return noneRunning(spec.clusterIds());
    }
    return spec.taskRefs() != null ? named(spec.taskRefs()) : selected(spec.count());
  }

  private Expected named(List<GateSpec.TaskRef> refs) {
    int succeeded = 0;
    int absent = 0;
    int failed = 0;
    for (GateSpec.TaskRef ref : refs) {
      GateModelTask task = world.tasks.get(ref.name());
      if (task == null || task.isBeingDeleted) {
        absent++;
      } else if (task.isFailed()) {
        failed++;
      } else if (task.isSucceeded()) {
        succeeded++;
      }
    }
    String done = succeeded + "/" + refs.size();
    if (failed > 0) {
      return new Expected("False", "TaskNotSucceeded", done);
    }
    if (absent > 0) {
      return new Expected("Unknown", "TasksMissing", done);
    }
    return succeeded < refs.size()
        ? new Expected("Unknown", "TasksRunning", done)
        : new Expected("True", "AllSucceeded", done);
  }

  private Expected selected(int count) {
    int all = 0;
    int succeeded = 0;
    int undated = 0;
    int failed = 0;
    for (GateModelTask task : world.tasks.values()) {
      Instant created = task.knownCreation();
      if (!task.hasLabel || task.isBeingDeleted || isTooOld(created)) {
        continue;
      }
      all++;
      failed += task.isFailed() ? 1 : 0;
      succeeded += task.isSucceeded() && created != null ? 1 : 0;
      undated += task.isSucceeded() && created == null ? 1 : 0;
    }
    String done = succeeded + "/" + count;
    if (failed > 0) {
      return new Expected("False", "TaskNotSucceeded", done);
    }
    if (all != count) {
      return new Expected("Unknown", all < count ? "TasksMissing" : "TooManyTasks", done);
    }
    if (succeeded + undated < count) {
      return new Expected("Unknown", "TasksRunning", done);
    }
    return undated > 0
        ? new Expected("Unknown", "TasksMissing", done)
        : new Expected("True", "AllSucceeded", done);
  }

  private static boolean isTooOld(@Nullable Instant created) {
    return created != null
        && Duration.between(created, GateModelWorld.CREATED).toMillis() > 3_600_000;
  }

  private Expected noneRunning(List<String> clusterIds) {
    int quiet = 0;
    boolean isRunning = false;
    boolean isNotSwept = false;
    for (String clusterId : clusterIds) {
      int usable = 0;
      int others = 0;
      boolean isBusy = hasUnfinished(clusterId);
      boolean isWithoutList = true;
      for (GateModelWorld.Listed list : world.lists.values()) {
        if (!list.clusterId().equals(clusterId)) {
          continue;
        }
        isWithoutList = false;
        long observed = Objects.requireNonNull(world.gateObserved);
        boolean isFromAfterTheGate = list.isComplete() && list.began() - observed > 0;
        boolean isOld = world.nanos - list.began() > TWO_MINUTES;
        isBusy |= list.running() > 0 && !(isFromAfterTheGate && isOld);
        isNotSwept |= !isFromAfterTheGate;
        usable += isFromAfterTheGate && !isOld ? 1 : 0;
        others += isFromAfterTheGate && !isOld ? 0 : 1;
      }
      boolean isUnlisted = failedWithoutList(clusterId);
      isNotSwept |= isWithoutList || isUnlisted;
      isRunning |= isBusy;
      quiet += usable > 0 && others == 0 && !isUnlisted && !isBusy ? 1 : 0;
    }
    String done = quiet + "/" + clusterIds.size();
    if (world.discovery != Discovery.ACTIVE) {
      String reason =
          world.discovery == Discovery.MISSING ? "DiscoveryNotFound" : "DiscoveryNotActive";
      return new Expected("Unknown", reason, "0/" + clusterIds.size());
    }
    if (quiet == clusterIds.size()) {
      return new Expected("True", "NoneRunning", done);
    }
    return new Expected(
        "Unknown", isRunning ? "TasksRunning" : isNotSwept ? "NotSweptYet" : "SweepOutdated", done);
  }

  private boolean hasUnfinished(String clusterId) {
    return world.tasks.values().stream()
        .anyMatch(
            task -> task.clusterId.equals(clusterId) && !task.isSucceeded() && !task.isFailed());
  }

  /** A connection whose only list failed. */
  private boolean failedWithoutList(String clusterId) {
    return world.failures.keySet().stream()
        .anyMatch(key -> key.startsWith(clusterId + "/") && !world.lists.containsKey(key));
  }
}
