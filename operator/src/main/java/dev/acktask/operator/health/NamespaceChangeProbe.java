package dev.acktask.operator.health;

import dev.acktask.operator.kubernetes.ResourceCollection;
import dev.acktask.operator.kubernetes.ShortWatch;
import dev.acktask.operator.kubernetes.ShortWatch.Outcome;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens short watches of the namespaces to find changes since the last list, and namespaces that
 * the operator may not watch. Not thread-safe.
 */
final class NamespaceChangeProbe {
  /** Number of concurrent short watches; each holds a connection for one second. */
  private static final int BATCH = 32;

  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private interface Probe {
    CompletableFuture<Outcome> open(
        HttpClient http, ResourceCollection list, String resourceVersion, Duration timeout);
  }

  private final KubernetesClient client;
  private final Map<String, ResourceCollection> lists;
  private final Map<String, String> revisions = new HashMap<>();
  private final Set<String> watchable = new HashSet<>();

  /**
   * @param lists the watched objects by namespace
   */
  NamespaceChangeProbe(KubernetesClient client, Map<String, ResourceCollection> lists) {
    this.client = client;
    this.lists = lists;
  }

  /** Records that {@code namespace} was listed at {@code revision}. */
  void listed(String namespace, String revision) {
    revisions.put(namespace, revision);
  }

  /**
   * Finds the namespaces that may be listed but not watched. Namespaces that were watchable before
   * are not checked again; {@link #mayHaveChanged} detects the loss of the right.
   *
   * @param listed namespaces that were just listed
   * @param onAnswer runs after each batch of responses
   */
  Set<String> findForbidden(Set<String> listed, Runnable onAnswer) {
    watchable.retainAll(listed);
    Set<String> unknown = new HashSet<>(listed);
    unknown.removeAll(watchable);
    Set<String> forbidden = new HashSet<>();
    probe(unknown, ShortWatch::permission, onAnswer)
        .forEach(
            (namespace, outcome) -> {
              if (outcome == Outcome.FORBIDDEN) {
                forbidden.add(namespace);
              }
            });
    unknown.removeAll(forbidden);
    watchable.addAll(unknown);
    return forbidden;
  }

  /** See {@link ResourceVersionReader#mayHaveChanged}. */
  boolean mayHaveChanged(Runnable onAnswer) {
    if (watchable.isEmpty()) {
      return true;
    }
    Map<String, Outcome> outcomes = probe(watchable, ShortWatch::changes, onAnswer);
    watchable.removeIf(namespace -> outcomes.get(namespace) == Outcome.FORBIDDEN);
    return outcomes.values().stream().anyMatch(outcome -> outcome != Outcome.UNCHANGED);
  }

  private Map<String, Outcome> probe(Set<String> namespaces, Probe probe, Runnable onAnswer) {
    Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    List<String> all = List.copyOf(namespaces);
    for (int from = 0; from < all.size(); from += BATCH) {
      List<CompletableFuture<?>> batch = new ArrayList<>();
      for (String namespace : all.subList(from, Math.min(from + BATCH, all.size()))) {
        ResourceCollection list = Objects.requireNonNull(lists.get(namespace));
        String revision = revisions.getOrDefault(namespace, "");
        batch.add(
            probe
                .open(client.getHttpClient(), list, revision, TIMEOUT)
                .thenAccept(outcome -> outcomes.put(namespace, outcome)));
      }
      CompletableFuture.allOf(batch.toArray(new CompletableFuture<?>[0])).join();
      onAnswer.run();
      if (outcomes.containsValue(Outcome.UNKNOWN)) {
        break; // the next batch would only cost another timeout
      }
    }
    return outcomes;
  }
}
