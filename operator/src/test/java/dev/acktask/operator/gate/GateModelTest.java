package dev.acktask.operator.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.acktask.operator.api.v1alpha1.GateStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Compares gates with a model over random AckTasks, lists, restarts and forged statuses. {@code
 * -Dacktask.model.steps} and {@code -Dacktask.model.seed} change the run. A failure prints the seed
 * and the shortest failing sequence that was found.
 */
final class GateModelTest {
  private static final int STEPS = Integer.getInteger("acktask.model.steps", 20_000);
  private static final long SEED = Long.getLong("acktask.model.seed", 20261124L);
  private static final int STEPS_PER_GATE = 60;

  /** Statuses and reasons of Succeeded that a run reaches. */
  private static final Set<String> ALL =
      Set.of(
          "True AllSucceeded",
          "False TaskNotSucceeded",
          "Unknown TasksMissing",
          "Unknown TooManyTasks",
          "Unknown TasksRunning",
          "True NoneRunning",
          "Unknown NotSweptYet",
          "Unknown SweepOutdated",
          "Unknown DiscoveryNotFound",
          "Unknown DiscoveryNotActive",
          "final",
          "closed again",
          "forgery replaced");

  /** One step; {@code salt} seeds its random choices. */
  private record Step(GateModelStep step, long salt) {}

  private final Set<String> reached = new TreeSet<>();

  @Test
  void shouldDecideAsTheModelWhateverHappens() {
    System.out.println("GateModelTest seed " + SEED);
    Random random = new Random(SEED);
    for (int done = 0; done < STEPS; done += STEPS_PER_GATE) {
      long gate = random.nextLong();
      List<Step> steps = new ArrayList<>();
      for (int i = 0; i < STEPS_PER_GATE; i++) {
        steps.add(new Step(GateModelStep.draw(random), random.nextLong()));
      }
      Throwable failure = run(gate, steps);
      if (failure != null) {
        List<Step> shortest = shorten(gate, steps);
        fail("seed " + SEED + " step " + done + ": " + shortest, run(gate, shortest));
      }
    }
    assertEquals(new TreeSet<>(ALL), reached);
  }

  /** The failure, or null. */
  private @Nullable Throwable run(long gate, List<Step> steps) {
    try {
      GateModelWorld world = new GateModelWorld(new Random(gate));
      for (Step step : steps) {
        Random random = new Random(step.salt());
        step.step().happen(world, random);
        if (random.nextInt(4) > 0) {
          reconcile(world, random.nextInt(10) > 0);
        }
      }
      settle(world);
      return null;
    } catch (RuntimeException | AssertionError failure) {
      return failure;
    }
  }

  private void reconcile(GateModelWorld world, boolean isWritten) {
    GateStatus before = world.isStatusTrusted ? world.status : null;
    GateDecision decision = world.decide();
    if (isFinal(world, before)) {
      reached.add("final");
      assertEquals(new GateDecision(before, List.of(), null), decision);
    } else {
      GateModelOracle.Expected expected = new GateModelOracle(world).expected();
      new GateModelLaws(world, before, decision).check(expected);
      reached.add(expected.status() + " " + expected.reason());
      mark("forgery replaced", !world.isStatusTrusted);
      mark("closed again", isOpen(before) && !expected.isOpen());
    }
    if (isWritten) {
      world.write(decision.status());
      boolean isTrusted = world.isStatusTrusted;
      assertEquals(
          isTrusted ? List.of() : decision.events(), world.decide().events(), "decides the same");
      assertEquals(decision.status(), world.decide().status(), "decides the same");
    }
  }

  /** With all that it asks for, each gate opens that no failure has closed. */
  private void settle(GateModelWorld world) {
    boolean isClosed = isFinal(world, world.isStatusTrusted ? world.status : null);
    String kept = isClosed ? succeeded(Objects.requireNonNull(world.status)) : "True";
    world.settle();
    GateStatus status = world.decide().status();
    assertEquals(kept, succeeded(status), () -> status.toString());
  }

  private void mark(String what, boolean isReached) {
    if (isReached) {
      reached.add(what);
    }
  }

  private static boolean isFinal(GateModelWorld world, @Nullable GateStatus trusted) {
    return trusted != null
        && world.spec.clusterIds() == null
        && !succeeded(trusted).equals("Unknown");
  }

  private static boolean isOpen(@Nullable GateStatus status) {
    return status != null && succeeded(status).equals("True");
  }

  private static String succeeded(GateStatus status) {
    return status.conditions().stream()
        .filter(it -> it.type().equals("Succeeded"))
        .findFirst()
        .orElseThrow()
        .status();
  }

  /** Removes each step that the failure does not need. */
  private List<Step> shorten(long gate, List<Step> steps) {
    List<Step> shortest = new ArrayList<>(steps);
    for (int i = shortest.size() - 1; i >= 0; i--) {
      List<Step> shorter = new ArrayList<>(shortest);
      shorter.remove(i);
      if (run(gate, shorter) != null) {
        shortest = shorter;
      }
    }
    return List.copyOf(shortest);
  }
}
