package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the operator may list discoveries and create AckTasks. Both rights are optional: an
 * installation without them has no discoveries.
 */
public final class DiscoveryAccess {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryAccess.class);

  private static final ListOptions ONE = new ListOptionsBuilder().withLimit(1L).build();
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final String NO_CREATION = "the operator may not create AckTasks";

  private final KubernetesClient client;
  private final Predicate<String> mayCreate;
  private Map<String, String> reported = Map.of();

  /** Reads the rights at the API server. */
  public DiscoveryAccess(KubernetesClient client) {
    this.client = client;
    this.mayCreate = namespace -> mayCreate(client, namespace);
  }

  /**
   * @param mayCreate whether AckTasks may be created in a namespace; empty for all namespaces
   */
  DiscoveryAccess(KubernetesClient client, Predicate<String> mayCreate) {
    this.client = client;
    this.mayCreate = mayCreate;
  }

  /** True if discoveries of all namespaces can be listed, and AckTasks be created in all. */
  boolean hasAll() {
    Optional<String> refusal = refusal("");
    refusal.ifPresent(cause -> warn("all", cause));
    return refusal.isEmpty();
  }

  /** Those of {@code namespaces} with both rights. */
  synchronized List<String> in(List<String> namespaces) {
    Map<String, String> refused = new TreeMap<>();
    for (String namespace : namespaces) {
      refusal(namespace).ifPresent(cause -> refused.put(namespace, cause));
    }
    if (!refused.isEmpty() && !refused.equals(reported)) {
      warn(String.join(",", refused.keySet()), refused.values().iterator().next());
    }
    reported = refused;
    return namespaces.stream().filter(namespace -> !refused.containsKey(namespace)).toList();
  }

  private Optional<String> refusal(String namespace) {
    try {
      var discoveries = client.resources(AckTaskDiscovery.class);
      if (namespace.isEmpty()) {
        discoveries.inAnyNamespace().list(ONE);
      } else {
        discoveries.inNamespace(namespace).list(ONE);
      }
    } catch (KubernetesClientException failure) {
      return switch (failure.getCode()) {
        case HttpURLConnection.HTTP_NOT_FOUND -> Optional.of("the kind is not installed");
        case HttpURLConnection.HTTP_FORBIDDEN -> Optional.of("the operator may not list the kind");
        default -> throw failure;
      };
    }
    return mayCreate.test(namespace) ? Optional.empty() : Optional.of(NO_CREATION);
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

  /** One line, however many namespaces there are. */
  private static void warn(String namespaces, String cause) {
    log.atInfo()
        .addKeyValue("kind", AckTaskDiscovery.KIND)
        .addKeyValue("namespaces", namespaces)
        .addKeyValue("cause", cause)
        .log("Discoveries are not followed until the operator restarts");
  }
}
