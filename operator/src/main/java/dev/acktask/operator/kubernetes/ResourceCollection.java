package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The objects of one type, in one namespace or in all of them, that a label selector selects. Lists
 * and watches of it carry the same selector, so that objects of another shard are never taken for
 * missing ones.
 *
 * @param path URL without a query
 * @param labelSelector empty selects all objects
 */
public record ResourceCollection(URI path, String labelSelector) {

  /** The collection in all namespaces. */
  public static ResourceCollection everywhere(
      KubernetesClient client, Class<? extends HasMetadata> type, String labelSelector) {
    return new ResourceCollection(api(client, type).resolve(plural(type)), labelSelector);
  }

  /** The collection in one namespace. */
  public static ResourceCollection in(
      String namespace,
      KubernetesClient client,
      Class<? extends HasMetadata> type,
      String labelSelector) {
    return new ResourceCollection(
        api(client, type).resolve("namespaces/" + namespace + "/" + plural(type)), labelSelector);
  }

  /**
   * URL of one request.
   *
   * @param parameters of the query besides the selector, already encoded; not empty
   */
  public String url(String parameters) {
    String selector =
        labelSelector.isEmpty()
            ? ""
            : "&labelSelector=" + URLEncoder.encode(labelSelector, StandardCharsets.UTF_8);
    return path + "?" + parameters + selector;
  }

  private static URI api(KubernetesClient client, Class<? extends HasMetadata> type) {
    return URI.create(client.getMasterUrl().toString())
        .resolve("apis/" + HasMetadata.getApiVersion(type) + "/");
  }

  private static String plural(Class<? extends HasMetadata> type) {
    return HasMetadata.getPlural(type);
  }
}
