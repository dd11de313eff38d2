package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
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

  ConnectionAccess(KubernetesClient client) {
    this.client = client;
  }

  /** True if ClusterAckConnections can be listed. */
  boolean hasClusterConnections() {
    return isListed(
        ClusterAckConnection.KIND,
        "",
        options -> client.resources(ClusterAckConnection.class).list(options));
  }

  /** True if the AckConnections of all namespaces can be listed. */
  boolean hasConnections() {
    return isListed(
        AckConnection.KIND,
        "",
        options -> client.resources(AckConnection.class).inAnyNamespace().list(options));
  }

  /** Those of {@code namespaces} whose AckConnections can be listed. */
  List<String> withConnections(List<String> namespaces) {
    return namespaces.stream()
        .filter(
            namespace ->
                isListed(
                    AckConnection.KIND,
                    namespace,
                    options ->
                        client
                            .resources(AckConnection.class)
                            .inNamespace(namespace)
                            .list(options)))
        .toList();
  }

  private static boolean isListed(String kind, String namespace, Consumer<ListOptions> list) {
    try {
      list.accept(ONE);
      return true;
    } catch (KubernetesClientException failure) {
      if (failure.getCode() != HttpURLConnection.HTTP_NOT_FOUND
          && failure.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw failure;
      }
      log.atWarn()
          .addKeyValue("kind", kind)
          .addKeyValue("namespace", namespace)
          .log(
              failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                  ? "The kind is not installed; it is not used until the operator restarts"
                  : "The operator may not list the kind; it is not used until the operator"
                      + " restarts");
      return false;
    }
  }
}
