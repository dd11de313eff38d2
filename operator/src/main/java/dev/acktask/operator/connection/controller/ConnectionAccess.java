package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connections the operator may list. Both kinds are optional: a CRD may not be installed yet,
 * and an installation without cluster-wide rights has no ClusterAckConnections.
 */
final class ConnectionAccess {
  private static final Logger log = LoggerFactory.getLogger(ConnectionAccess.class);

  private static final ListOptions ONE = new ListOptionsBuilder().withLimit(1L).build();

  private final KubernetesClient client;
  private Map<String, Integer> reported = Map.of();

  ConnectionAccess(KubernetesClient client) {
    this.client = client;
  }

  /** True if ClusterAckConnections can be listed. */
  boolean hasClusterConnections() {
    Optional<Integer> refusal =
        refusal(options -> client.resources(ClusterAckConnection.class).list(options));
    refusal.ifPresent(code -> warn(ClusterAckConnection.KIND, code, List.of()));
    return refusal.isEmpty();
  }

  /** True if the AckConnections of all namespaces can be listed. */
  boolean hasConnections() {
    Optional<Integer> refusal =
        refusal(options -> client.resources(AckConnection.class).inAnyNamespace().list(options));
    refusal.ifPresent(code -> warn(AckConnection.KIND, code, List.of()));
    return refusal.isEmpty();
  }

  /** Those of {@code namespaces} whose AckConnections can be listed. */
  synchronized List<String> withConnections(List<String> namespaces) {
    Map<String, Integer> refused = new TreeMap<>();
    for (String namespace : namespaces) {
      refusal(options -> client.resources(AckConnection.class).inNamespace(namespace).list(options))
          .ifPresent(code -> refused.put(namespace, code));
    }
    if (!refused.isEmpty() && !refused.equals(reported)) {
      warn(AckConnection.KIND, refused.values().iterator().next(), refused.keySet());
    }
    reported = refused;
    return namespaces.stream().filter(namespace -> !refused.containsKey(namespace)).toList();
  }

  /** The code of a refused list; empty if it is answered. */
  private static Optional<Integer> refusal(Consumer<ListOptions> list) {
    try {
      list.accept(ONE);
      return Optional.empty();
    } catch (KubernetesClientException failure) {
      if (failure.getCode() != HttpURLConnection.HTTP_NOT_FOUND
          && failure.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw failure;
      }
      return Optional.of(failure.getCode());
    }
  }

  /** One line, however many namespaces there are. */
  private static void warn(String kind, int code, Collection<String> namespaces) {
    log.atWarn()
        .addKeyValue("kind", kind)
        .addKeyValue("namespaces", namespaces.isEmpty() ? "all" : String.join(",", namespaces))
        .log(
            code == HttpURLConnection.HTTP_NOT_FOUND
                ? "The kind is not installed; it is not used until the operator restarts"
                : "The operator may not list the kind; it is not used until the operator restarts");
  }
}
