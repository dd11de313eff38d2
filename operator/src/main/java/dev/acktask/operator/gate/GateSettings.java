package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.text.Parsed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A valid spec.
 *
 * @param deadline from the creation of the gate; null without one
 */
public record GateSettings(Condition condition, @Nullable Duration deadline) {

  /**
   * Checks {@code spec}, because an older CRD may have accepted any value. Each problem is a
   * sentence for the user.
   */
  public static Parsed<GateSettings> parse(GateSpec spec) {
    return GateSpecParser.parse(spec);
  }

  /** When the gate is open. */
  public sealed interface Condition {
    /**
     * Each of these AckTasks exists and succeeded.
     *
     * @param names at least one, each once
     */
    record NamedSucceeded(List<String> names) implements Condition {
      /** Copies the names. */
      public NamedSucceeded {
        names = List.copyOf(names);
      }
    }

    /**
     * Exactly {@code count} AckTasks are selected, and each succeeded.
     *
     * @param labels which a selected AckTask has, at least one
     * @param since maximum time between the creations of a selected task and of the gate
     */
    record SelectedSucceeded(Map<String, String> labels, Duration since, int count)
        implements Condition {
      /** Copies the labels. */
      public SelectedSucceeded {
        labels = Map.copyOf(labels);
      }
    }

    /**
     * No task of these clusters is unfinished.
     *
     * @param clusterIds at least one
     * @param discovery name of the discovery that lists their tasks
     */
    record NoneRunning(Set<String> clusterIds, String discovery) implements Condition {
      /** Copies the ids. */
      public NoneRunning {
        clusterIds = Set.copyOf(clusterIds);
      }
    }
  }
}
