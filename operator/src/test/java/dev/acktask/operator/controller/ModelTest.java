package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Compares the operator with a model over random edits, answers and faults. {@code
 * -Dacktask.model.steps} and {@code -Dacktask.model.seed} change the run. A failure prints the seed
 * and the shortest failing sequence that was found.
 */
final class ModelTest {
  private static final int STEPS = Integer.getInteger("acktask.model.steps", 12_000);
  private static final long SEED = Long.getLong("acktask.model.seed", 20261124L);
  private static final int STEPS_PER_OBJECT = 50;

  private static final Logger OPERATOR = (Logger) LoggerFactory.getLogger("dev.acktask.operator");
  private static final Level LEVEL = OPERATOR.getEffectiveLevel();

  /** Otherwise every injected fault would be logged with its stack. */
  @BeforeAll
  static void muteLog() {
    OPERATOR.setLevel(Level.OFF);
  }

  @AfterAll
  static void restoreLog() {
    OPERATOR.setLevel(LEVEL);
  }

  /** One step; {@code salt} seeds its random choices. */
  private record Step(ModelHappening happening, long salt) {}

  @Test
  void shouldHaveTheStatusOfTheModelWhateverHappens() {
    System.out.println("ModelTest seed " + SEED);
    Random random = new Random(SEED);
    ModelCoverage coverage = new ModelCoverage();
    for (int done = 0; done < STEPS; done += STEPS_PER_OBJECT) {
      List<Step> steps = randomSteps(random);
      Throwable failure = run(steps, coverage);
      if (failure != null) {
        List<Step> shortest = shorten(steps, failure);
        Throwable reproduced = run(shortest, new ModelCoverage());
        fail(report(done, shortest, reproduced == null ? failure : reproduced), failure);
      }
    }
    coverage.assertComplete();
  }

  private static List<Step> randomSteps(Random random) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < STEPS_PER_OBJECT; i++) {
      steps.add(new Step(ModelHappening.draw(random), random.nextLong()));
    }
    return steps;
  }

  /** The failure, or null. */
  private static Throwable run(List<Step> steps, ModelCoverage coverage) {
    ModelWorld world = new ModelWorld(coverage);
    try {
      for (Step step : steps) {
        world.happens(step.happening(), new Random(step.salt()));
      }
      world.finishWithoutFaults();
      return null;
    } catch (RuntimeException | AssertionError failure) {
      return failure;
    }
  }

  /** Removes each step that the failure does not need. */
  private static List<Step> shorten(List<Step> steps, Throwable failure) {
    List<Step> shortest = new ArrayList<>(steps);
    for (int pass = 0; pass < 3; pass++) {
      for (int i = shortest.size() - 1; i >= 0; i--) {
        List<Step> shorter = new ArrayList<>(shortest);
        shorter.remove(i);
        Throwable still = run(shorter, new ModelCoverage());
        if (still != null && still.getClass().equals(failure.getClass())) {
          shortest = shorter;
        }
      }
    }
    return Collections.unmodifiableList(shortest);
  }

  private static String report(int done, List<Step> steps, Throwable failure) {
    ModelWorld world = new ModelWorld(new ModelCoverage());
    StringBuilder report =
        new StringBuilder("seed ").append(SEED).append(" step ").append(done).append(":\n");
    try {
      for (Step step : steps) {
        world.happens(step.happening(), new Random(step.salt()));
      }
      world.finishWithoutFaults();
    } catch (RuntimeException | AssertionError again) {
      report.append("(fails here)\n");
    }
    world.log.forEach(line -> report.append("  ").append(line).append('\n'));
    return report.append(failure.getMessage()).toString();
  }
}
