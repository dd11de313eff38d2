package dev.acktask.e2e.connections;

import dev.acktask.e2e.AckTasks;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/**
 * The condition Synced of an AckTask; the parts are empty without it.
 *
 * @param status True, False or Unknown
 */
record Synced(String status, String reason, String message) {
  private static final Duration ATMOST = Duration.ofSeconds(60);
  private static final Synced NONE = new Synced("", "", "");

  static Synced of(AckTasks tasks, String name) {
    return of(tasks.get(name));
  }

  static Synced of(GenericKubernetesResource task) {
    List<Map<String, String>> conditions = task.get("status", "conditions");
    return Objects.requireNonNullElse(conditions, List.<Map<String, String>>of()).stream()
        .filter(condition -> "Synced".equals(condition.get("type")))
        .map(
            condition ->
                new Synced(
                    condition.get("status"), condition.get("reason"), condition.get("message")))
        .findFirst()
        .orElse(NONE);
  }

  /** Waits until it has {@code reason}. */
  static Synced await(AckTasks tasks, String name, String reason) {
    return Awaitility.await(name)
        .atMost(ATMOST)
        .until(() -> of(tasks, name), synced -> synced.reason.equals(reason));
  }
}
