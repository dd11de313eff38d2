package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.kubernetes.KindAccess;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.event.Level;

/**
 * Where the operator may list discoveries and create AckTasks. Both rights are optional: an
 * installation without them has no discoveries.
 */
public final class DiscoveryAccess {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final String NO_CREATION = "the operator may not create AckTasks";

  private DiscoveryAccess() {}

  /** The rights at the API server. */
  public static KindAccess of(KubernetesClient client) {
    return of(client, namespace -> mayCreate(client, namespace));
  }

  /**
   * @param mayCreate whether AckTasks may be created in a namespace; empty for all namespaces
   */
  static KindAccess of(KubernetesClient client, Predicate<String> mayCreate) {
    return new KindAccess(
        client,
        AckTaskDiscovery.class,
        Level.INFO,
        namespace -> mayCreate.test(namespace) ? Optional.empty() : Optional.of(NO_CREATION));
  }

  private static boolean mayCreate(KubernetesClient client, String namespace) {
    var json = client.getKubernetesSerialization();
    Map<String, Object> attributes =
        Map.of(
            "namespace",
            namespace,
            "verb",
            "create",
            "group",
            AckTask.GROUP,
            "resource",
            "acktasks");
    try {
      String answer =
          client.raw(
              REVIEWS,
              "POST",
              Map.of(
                  "apiVersion",
                  "authorization.k8s.io/v1",
                  "kind",
                  "SelfSubjectAccessReview",
                  "spec",
                  Map.of("resourceAttributes", attributes)));
      Object review = json.unmarshal(Objects.requireNonNullElse(answer, "{}"), Map.class);
      return review instanceof Map<?, ?> object
          && object.get("status") instanceof Map<?, ?> status
          && Boolean.TRUE.equals(status.get("allowed"));
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != HttpURLConnection.HTTP_FORBIDDEN
          && refused.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw refused;
      }
      return false;
    }
  }
}
