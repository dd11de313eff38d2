package dev.acktask.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The AckTasks of one namespace as plain trees. It does not use the classes of the operator, which
 * could read what no other client can.
 */
public final class AckTasks {
  public static final String API_VERSION = "acktask.dev/v1alpha1";
  public static final String KIND = "AckTask";
  public static final ResourceDefinitionContext TYPE =
      new ResourceDefinitionContext.Builder()
          .withGroup("acktask.dev")
          .withVersion("v1alpha1")
          .withKind(KIND)
          .withPlural("acktasks")
          .withNamespaced(true)
          .build();

  private static final ObjectMapper JSON = new ObjectMapper();

  private final MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      everywhere;
  private final String namespace;

  public AckTasks(KubernetesClient client, String namespace) {
    this.everywhere = client.genericKubernetesResources(TYPE);
    this.namespace = namespace;
  }

  public String namespace() {
    return namespace;
  }

  /** Creates one that mirrors {@code taskId}, with defaults otherwise. */
  public GenericKubernetesResource create(String name, String taskId) {
    return create(name, Map.of("taskId", taskId));
  }

  /** The same with labels. */
  public GenericKubernetesResource create(String name, String taskId, Map<String, String> labels) {
    GenericKubernetesResource task = tree(name, Map.of("taskId", taskId));
    task.getMetadata().setLabels(labels);
    return operation().resource(task).create();
  }

  public GenericKubernetesResource create(String name, Map<String, ?> spec) {
    return operation().resource(tree(name, spec)).create();
  }

  /** Merges {@code spec} into the object's spec; a null removes a field. */
  public GenericKubernetesResource patchSpec(String name, Map<String, ?> spec) {
    return merge(name, Map.of("spec", spec));
  }

  public GenericKubernetesResource label(String name, String key, String value) {
    return merge(name, Map.of("metadata", Map.of("labels", Map.of(key, value))));
  }

  /** Replaces the finalizers; an empty list lets a deletion complete. */
  public GenericKubernetesResource finalizers(String name, List<String> finalizers) {
    return merge(name, Map.of("metadata", Map.of("finalizers", finalizers)));
  }

  /** Requests one refresh; {@code value} identifies the request. */
  public GenericKubernetesResource requestRefresh(String name, String value) {
    Map<String, String> annotation = Map.of("acktask.dev/refresh-requested-at", value);
    return merge(name, Map.of("metadata", Map.of("annotations", annotation)));
  }

  /**
   * Merges {@code patch} into the object. A merge has no resourceVersion, so it never conflicts.
   */
  private GenericKubernetesResource merge(String name, Map<String, ?> change) {
    return operation()
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), JSON.valueToTree(change).toString());
  }

  /** Replaces the whole status as administrator, even when the operator writes at the same time. */
  public GenericKubernetesResource writeStatus(String name, Map<String, ?> status) {
    List<Map<String, ?>> replacement =
        List.of(Map.of("op", "add", "path", "/status", "value", status));
    return operation()
        .withName(name)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON), JSON.valueToTree(replacement).toString());
  }

  public GenericKubernetesResource get(String name) {
    return find(name).orElseThrow(() -> new AssertionError(namespace + "/" + name + " is gone"));
  }

  public Optional<GenericKubernetesResource> find(String name) {
    return Optional.ofNullable(operation().withName(name).get());
  }

  /** The phase in the status of {@code name}; null without one. */
  public @Nullable String phase(String name) {
    return get(name).get("status", "phase");
  }

  /** Waits until {@code name} has {@code phase}. */
  public void awaitPhase(String name, String phase, Duration atMost) {
    await().atMost(atMost).until(() -> phase.equals(phase(name)));
  }

  public void delete(String name) {
    operation().withName(name).delete();
  }

  /** Names of those that the API server selects by a field. */
  public List<String> namesWhere(String field, String value) {
    return operation().withField(field, value).list().getItems().stream()
        .map(object -> object.getMetadata().getName())
        .sorted()
        .toList();
  }

  /** The client operation, for everything else. */
  public NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      operation() {
    return everywhere.inNamespace(namespace);
  }

  /** Status of the condition {@code type}, or {@code absent}. */
  public static String condition(GenericKubernetesResource object, String type) {
    return field(object, type, "status");
  }

  /** Reason of the condition {@code type}, or {@code absent}. */
  public static String reason(GenericKubernetesResource object, String type) {
    return field(object, type, "reason");
  }

  /** Message of the condition {@code type}, or {@code absent}. */
  public static String message(GenericKubernetesResource object, String type) {
    return field(object, type, "message");
  }

  private static String field(GenericKubernetesResource object, String type, String field) {
    List<Map<String, Object>> conditions = object.get("status", "conditions");
    if (conditions != null) {
      for (Map<String, Object> condition : conditions) {
        if (type.equals(condition.get("type"))) {
          return (String) condition.get(field);
        }
      }
    }
    return "absent";
  }

  private GenericKubernetesResource tree(String name, Map<String, ?> spec) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(API_VERSION)
        .withKind(KIND)
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .addToAdditionalProperties("spec", new LinkedHashMap<>(spec))
        .build();
  }
}
