package dev.acktask.e2e.crd;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.AckTasks;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Objects of one kind as plain trees. All have the label {@code test} with the name of the
 * namespace, because those of a cluster-wide kind stand beside those of other tests.
 *
 * @param namespace of the test
 */
record ApiObjects(ApiKind kind, KubernetesClient client, String namespace) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Creates one.
   *
   * @param spec in YAML
   */
  GenericKubernetesResource create(String name, String spec) {
    return operation().resource(tree(name, fields(spec))).create();
  }

  /** Merges {@code spec}, in YAML, into the object's spec; a null removes a field. */
  GenericKubernetesResource patchSpec(String name, String spec) {
    Map<?, ?> change = Map.of("spec", fields(spec));
    return operation()
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), JSON.valueToTree(change).toString());
  }

  /** Replaces the whole status, as administrator. */
  GenericKubernetesResource writeStatus(String name, String status) {
    Map<?, ?> replacement = Map.of("op", "add", "path", "/status", "value", fields(status));
    return operation()
        .withName(name)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON), JSON.valueToTree(List.of(replacement)).toString());
  }

  GenericKubernetesResource get(String name) {
    return operation().withName(name).require();
  }

  /** Deletes all of this test. */
  void delete() {
    operation().withLabel("test", namespace).delete();
  }

  /** An object in YAML. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> fields(String yaml) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  private GenericKubernetesResource tree(String name, Map<?, ?> spec) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(AckTasks.API_VERSION)
        .withKind(kind.kind())
        .withNewMetadata()
        .withName(name)
        .addToLabels("test", namespace)
        .endMetadata()
        .addToAdditionalProperties("spec", spec)
        .build();
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      operation() {
    return kind.in(client, namespace);
  }
}
