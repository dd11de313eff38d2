package dev.acktask.e2e.gates;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * A GitRepository whose commits are made here: its status is written as source-controller writes it
 * after a fetch.
 */
final class GitRepository implements AutoCloseable {
  private static final ResourceDefinitionContext TYPE =
      new ResourceDefinitionContext.Builder()
          .withGroup("source.toolkit.fluxcd.io")
          .withVersion("v1")
          .withKind("GitRepository")
          .withPlural("gitrepositories")
          .withNamespaced(true)
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ArtifactServer server = new ArtifactServer();
  private final Resource<GenericKubernetesResource> object;
  private int commits;

  private GitRepository(KubernetesClient admin, String namespace, String name) {
    object = admin.genericKubernetesResources(TYPE).inNamespace(namespace).withName(name);
    admin
        .resource(
            new GenericKubernetesResourceBuilder()
                .withApiVersion("source.toolkit.fluxcd.io/v1")
                .withKind("GitRepository")
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addToAdditionalProperties(
                    "spec", Map.of("interval", "1h", "url", "https://git.example.com/" + name))
                .build())
        .create();
  }

  /** Creates one without a commit. */
  static GitRepository create(KubernetesClient admin, String namespace, String name) {
    return new GitRepository(admin, namespace, name);
  }

  /** Makes {@code tree} the head of its branch; the revision, as Flux writes it. */
  String commit(SourceTree tree) {
    ArtifactServer.Artifact artifact = server.publish(TarGz.of(tree.files()));
    commits++;
    String revision = "main@sha1:%040x".formatted(commits);
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, ?> status =
        Map.of(
            "observedGeneration",
            1,
            "artifact",
            Map.of(
                "path", artifact.path(),
                "url", artifact.url().toString(),
                "revision", revision,
                "digest", artifact.digest(),
                "size", artifact.size(),
                "lastUpdateTime", now),
            "conditions",
            List.of(
                Map.of(
                    "type",
                    "Ready",
                    "status",
                    "True",
                    "reason",
                    "Succeeded",
                    "message",
                    "stored artifact for revision '" + revision + "'",
                    "observedGeneration",
                    1,
                    "lastTransitionTime",
                    now)));
    object
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            JSON.valueToTree(Map.of("status", status)).toString());
    return revision;
  }

  @Override
  public void close() {
    server.close();
  }
}
