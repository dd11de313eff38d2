package dev.acktask.demo.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The AckTasks of the demo, kept up to date by a watch. */
public final class AckTasks implements AutoCloseable {
  static final String CRD = "acktasks.acktask.dev";

  static final ResourceDefinitionContext CONTEXT =
      new ResourceDefinitionContext.Builder()
          .withGroup("acktask.dev")
          .withVersion("v1alpha1")
          .withKind("AckTask")
          .withPlural("acktasks")
          .withNamespaced(true)
          .build();

  private final SharedIndexInformer<GenericKubernetesResource> informer;

  /** Follows those in the namespace of the demo. */
  public AckTasks(KubernetesClient client) {
    this.informer =
        client.genericKubernetesResources(CONTEXT).inNamespace(KubernetesApi.NAMESPACE).inform();
  }

  /** As they are now, in order of their names. */
  public List<GenericKubernetesResource> now() {
    return informer.getStore().list().stream()
        .sorted(Comparator.comparing(task -> task.getMetadata().getName()))
        .toList();
  }

  /** Whether nothing more will come of {@code task}: the condition that serves both outcomes. */
  public static boolean settled(GenericKubernetesResource task) {
    return task.get("status", "conditions") instanceof List<?> conditions
        && conditions.stream()
            .anyMatch(
                condition ->
                    condition instanceof Map<?, ?> fields
                        && "Settled".equals(fields.get("type"))
                        && "True".equals(fields.get("status")));
  }

  @Override
  public void close() {
    informer.close();
  }
}
