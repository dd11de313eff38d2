package dev.acktask.demo.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The namespace that the demo creates and deletes. It never uses a namespace it did not create. */
final class DemoNamespace {
  private static final String OWNER_LABEL = "app.kubernetes.io/managed-by";
  private static final String OWNER = "acktask-demo";

  /** Discoveries first: what creates AckTasks. */
  private static final List<ResourceDefinitionContext> KINDS =
      List.of(
          new ResourceDefinitionContext.Builder()
              .withGroup("acktask.dev")
              .withVersion("v1alpha1")
              .withKind("AckTaskDiscovery")
              .withPlural("acktaskdiscoveries")
              .withNamespaced(true)
              .build(),
          AckTasks.CONTEXT);

  private final KubernetesClient client;
  private final String name;
  private boolean created;

  DemoNamespace(KubernetesClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** Creates the namespace, or empties the one that a killed demo left behind. */
  void create() throws IOException {
    Namespace found = client.namespaces().withName(name).get();
    if (found == null) {
      created = true;
      client.resource(wanted()).create();
      return;
    }
    if (found.getMetadata().getDeletionTimestamp() != null) {
      throw new IOException(
          "The namespace " + name + " is still being deleted; try again in a moment.");
    }
    Map<String, String> labels = found.getMetadata().getLabels();
    if (labels == null || !OWNER.equals(labels.get(OWNER_LABEL))) {
      throw new IOException(
          "The namespace " + name + " exists and is not the demo's; delete or rename it.");
    }
    created = true;
    deleteObjects();
  }

  private Namespace wanted() {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels(OWNER_LABEL, OWNER)
        .endMetadata()
        .build();
  }

  /** Deletes the objects first, because deleting the namespace takes longer. */
  void delete() {
    if (created) {
      deleteObjects();
      client.namespaces().withName(name).delete();
    }
  }

  private void deleteObjects() {
    for (ResourceDefinitionContext kind : KINDS) {
      String crd = kind.getPlural() + "." + kind.getGroup();
      if (client.apiextensions().v1().customResourceDefinitions().withName(crd).get() != null) {
        client.genericKubernetesResources(kind).inNamespace(name).delete();
      }
    }
  }
}
