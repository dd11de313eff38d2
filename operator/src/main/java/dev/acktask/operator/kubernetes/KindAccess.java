package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Where the operator may list the objects of one kind. Each kind but AckTask is optional: its CRD
 * may not be installed yet, and an older role does not grant it.
 */
public final class KindAccess {
  private static final Logger log = LoggerFactory.getLogger(KindAccess.class);

  private static final ListOptions ONE = new ListOptionsBuilder().withLimit(1L).build();

  private final KubernetesClient client;
  private final Class<? extends HasMetadata> type;
  private final Level level;
  private final Function<String, Optional<String>> otherRefusal;
  private Map<String, String> reported = Map.of();

  /**
   * @param level of the log line about a kind that cannot be listed
   */
  public KindAccess(KubernetesClient client, Class<? extends HasMetadata> type, Level level) {
    this(client, type, level, namespace -> Optional.empty());
  }

  /**
   * @param level of the log line about a kind that is not used
   * @param otherRefusal why the kind is not used in a namespace where it can be listed; empty if it
   *     is. The namespace is empty for all of them
   */
  public KindAccess(
      KubernetesClient client,
      Class<? extends HasMetadata> type,
      Level level,
      Function<String, Optional<String>> otherRefusal) {
    this.client = client;
    this.type = type;
    this.level = level;
    this.otherRefusal = otherRefusal;
  }

  /** True if the objects of all namespaces, or those without a namespace, can be listed. */
  public boolean hasAll() {
    Optional<String> refusal = refusal("");
    refusal.ifPresent(cause -> report("all", cause));
    return refusal.isEmpty();
  }

  /** Those of {@code namespaces} whose objects can be listed. */
  public synchronized List<String> in(List<String> namespaces) {
    Map<String, String> refused = new TreeMap<>();
    for (String namespace : namespaces) {
      refusal(namespace).ifPresent(cause -> refused.put(namespace, cause));
    }
    if (!refused.isEmpty() && !refused.equals(reported)) {
      report(String.join(",", refused.keySet()), refused.values().iterator().next());
    }
    reported = refused;
    return namespaces.stream().filter(namespace -> !refused.containsKey(namespace)).toList();
  }

  private Optional<String> refusal(String namespace) {
    try {
      var objects = client.resources(type);
      if (namespace.isEmpty()) {
        objects.inAnyNamespace().list(ONE);
      } else {
        objects.inNamespace(namespace).list(ONE);
      }
    } catch (KubernetesClientException failure) {
      return switch (failure.getCode()) {
        case HttpURLConnection.HTTP_NOT_FOUND -> Optional.of("the kind is not installed");
        case HttpURLConnection.HTTP_FORBIDDEN -> Optional.of("the operator may not list the kind");
        default -> throw failure;
      };
    }
    return otherRefusal.apply(namespace);
  }

  /** One line, however many namespaces there are. */
  private void report(String namespaces, String cause) {
    log.atLevel(level)
        .addKeyValue("kind", HasMetadata.getKind(type))
        .addKeyValue("namespaces", namespaces)
        .addKeyValue("cause", cause)
        .log("The kind is not used until the operator restarts");
  }
}
