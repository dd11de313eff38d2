package dev.acktask.e2e.crd;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The kinds of the group {@code acktask.dev}; their objects are plain trees. */
enum ApiKind {
  ACK_TASK("AckTask", "acktasks", true, "/crd", "{taskId: T-1}"),
  ACK_CONNECTION(
      "AckConnection",
      "ackconnections",
      true,
      "/crd/ackconnection",
      "{regionId: cn-hangzhou, credentials: {secretRef: {name: k}}}"),
  CLUSTER_ACK_CONNECTION(
      "ClusterAckConnection",
      "clusterackconnections",
      false,
      "/crd/clusterackconnection",
      "{regionId: cn-hangzhou, credentials: {secretRef: {name: k}}}"),
  ACK_TASK_DISCOVERY(
      "AckTaskDiscovery",
      "acktaskdiscoveries",
      true,
      "/crd/acktaskdiscovery",
      "{clusters: {all: true}}"),
  ACK_TASK_GATE(
      "AckTaskGate",
      "acktaskgates",
      true,
      "/crd/acktaskgate",
      "{mode: AllSucceeded, taskRefs: [{name: a}]}");

  private final String kind;
  private final String plural;
  private final boolean isNamespaced;
  private final String cases;
  private final String least;

  ApiKind(String kind, String plural, boolean isNamespaced, String cases, String least) {
    this.kind = kind;
    this.plural = plural;
    this.isNamespaced = isNamespaced;
    this.cases = cases;
    this.least = least;
  }

  /** The name in manifests, for example {@code AckTask}. */
  String kind() {
    return kind;
  }

  /** The name for kubectl, for example {@code acktasks}. */
  String plural() {
    return plural;
  }

  /** A spec with the required fields only, in YAML. */
  String least() {
    return least;
  }

  /** The folder with a file for each case of the schema. */
  Path cases() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(ApiKind.class.getResource(cases), cases).toURI());
  }

  /**
   * The client operation.
   *
   * @param namespace of the objects; ignored for a kind of the cluster
   */
  NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      in(KubernetesClient client, String namespace) {
    MixedOperation<
            GenericKubernetesResource,
            GenericKubernetesResourceList,
            Resource<GenericKubernetesResource>>
        everywhere =
            client.genericKubernetesResources(
                new ResourceDefinitionContext.Builder()
                    .withGroup("acktask.dev")
                    .withVersion("v1alpha1")
                    .withKind(kind)
                    .withPlural(plural())
                    .withNamespaced(isNamespaced)
                    .build());
    return isNamespaced ? everywhere.inNamespace(namespace) : everywhere;
  }

  @Override
  public String toString() {
    return kind;
  }
}
