package dev.acktask.operator.liveness;

import dev.acktask.operator.kubernetes.ShortWatch;
import dev.acktask.operator.kubernetes.ShortWatch.Outcome;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Short watches of all namespaces: whether one has changed since it was listed, and which of them
 * the operator may not watch. Used by one thread.
 */
final class WatchProbe {
  /** Short watches at once; each takes a connection for a second. */
  private static final int BATCH = 32;

  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  /** What a short watch is for. */
  private interface Question {
    CompletableFuture<Outcome> ask(
        HttpClient http, URI list, String resourceVersion, Duration timeout);
  }

  private final KubernetesClient client;
  private final Map<String, URI> lists;
  private final Map<String, String> revisions = new HashMap<>();
  private final Set<String> watchable = new HashSet<>();

  /**
   * @param lists address of the collection by namespace
   */
  WatchProbe(KubernetesClient client, Map<String, URI> lists) {
    this.client = client;
    this.lists = lists;
  }

  /** Records that {@code namespace} was listed; later changes are those after {@code revision}. */
  void listed(String namespace, String revision) {
    revisions.put(namespace, revision);
  }

  /**
   * Finds the namespaces that may be listed but not watched. Those that could be watched before are
   * not asked for again; {@link #mayHaveChanged} finds when they lose the right.
   *
   * @param listed namespaces that were listed just now
   * @param onAnswer runs after each answer
   */
  Set<String> forbidden(Set<String> listed, Runnable onAnswer) {
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

  /** See {@link ServerVersions#mayHaveChanged}. */
  boolean mayHaveChanged(Runnable onAnswer) {
    if (watchable.isEmpty()) {
      return true;
    }
    Map<String, Outcome> outcomes = probe(watchable, ShortWatch::changes, onAnswer);
    watchable.removeIf(namespace -> outcomes.get(namespace) == Outcome.FORBIDDEN);
    return outcomes.values().stream().anyMatch(outcome -> outcome != Outcome.UNCHANGED);
  }

  private Map<String, Outcome> probe(Set<String> namespaces, Question question, Runnable onAnswer) {
    Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    List<String> all = List.copyOf(namespaces);
    for (int from = 0; from < all.size(); from += BATCH) {
      List<CompletableFuture<?>> batch = new ArrayList<>();
      for (String namespace : all.subList(from, Math.min(from + BATCH, all.size()))) {
        URI list = lists.getOrDefault(namespace, URI.create(""));
        String revision = revisions.getOrDefault(namespace, "");
        batch.add(
            question
                .ask(client.getHttpClient(), list, revision, TIMEOUT)
                .thenAccept(outcome -> outcomes.put(namespace, outcome)));
      }
      CompletableFuture.allOf(batch.toArray(new CompletableFuture<?>[0])).join();
      onAnswer.run();
      if (outcomes.containsValue(Outcome.UNKNOWN)) {
        break; // what gives no answer for these gives none for the next, after another timeout
      }
    }
    return outcomes;
  }
}
