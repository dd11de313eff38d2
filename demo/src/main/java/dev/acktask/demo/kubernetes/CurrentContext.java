package dev.acktask.demo.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The cluster of the current kubectl context. The demo removes everything that it created. */
public final class CurrentContext implements KubernetesApi {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Path crds;
  private final Consumer<String> output;
  private final KubernetesClient client;
  private final DemoNamespace namespace;
  private final List<CustomResourceDefinition> createdCrds = new ArrayList<>();

  /**
   * @param root of the repository
   * @param output receives each line for the user
   */
  public CurrentContext(Path root, Consumer<String> output) {
    this.crds = root.resolve("crds");
    this.output = output;
    Config config =
        new ConfigBuilder(Config.autoConfigure(null))
            .withConnectionTimeout(TIMEOUT_MILLIS)
            .withRequestTimeout(TIMEOUT_MILLIS)
            .withRequestRetryBackoffLimit(1)
            .build();
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    this.namespace = new DemoNamespace(client, NAMESPACE);
  }

  @Override
  public void open() throws IOException {
    try {
      String version = client.getKubernetesVersion().getGitVersion();
      output.accept("Kubernetes " + version + place());
      namespace.create();
      installCrds();
    } catch (KubernetesClientException refused) {
      throw new IOException(explain(refused), refused);
    }
  }

  /** An existing CRD is not changed, because other objects may depend on it. */
  private void installCrds() throws IOException {
    for (HasMetadata crd : Manifests.of(crds, client).objects()) {
      String name = crd.getMetadata().getName();
      if (client.resource(crd).get() == null) {
        createdCrds.add((CustomResourceDefinition) client.resource(crd).create());
        awaitEstablished(name);
        output.accept("Installed the CRD " + name + " for the time of the demo.");
      } else {
        output.accept("The CRD " + name + " is there already and stays as it is.");
      }
    }
  }

  /** Before that, its objects can neither be created nor watched. */
  private void awaitEstablished(String name) {
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(name)
        .waitUntilCondition(
            crd ->
                crd != null
                    && crd.getStatus() != null
                    && crd.getStatus().getConditions().stream()
                        .anyMatch(
                            condition ->
                                condition.getType().equals("Established")
                                    && condition.getStatus().equals("True")),
            TIMEOUT_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private String place() {
    NamedContext context = client.getConfiguration().getCurrentContext();
    return " at "
        + client.getMasterUrl()
        + (context == null ? "" : ", context " + context.getName());
  }

  private String explain(KubernetesClientException refused) {
    if (refused.getStatus() != null) {
      return "The Kubernetes API" + place() + " refuses: " + refused.getStatus().getMessage();
    }
    return client.getConfiguration().getCurrentContext() == null
        ? "There is no current kube context; set one with `kubectl config use-context`."
        : "The Kubernetes API" + place() + " does not answer; is this the context you meant?";
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  /** Empty: the operator uses the same current context. */
  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public void close() {
    namespace.delete();
    createdCrds.forEach(this::deleteUnlessUsed);
    client.close();
  }

  /** Deleting a CRD deletes all its objects, and other users may have created some meanwhile. */
  private void deleteUnlessUsed(CustomResourceDefinition crd) {
    String kind = crd.getSpec().getNames().getKind();
    boolean used =
        client
            .genericKubernetesResources(CustomResourceDefinitionContext.fromCrd(crd))
            .inAnyNamespace()
            .list()
            .getItems()
            .stream()
            .anyMatch(object -> !NAMESPACE.equals(object.getMetadata().getNamespace()));
    if (used) {
      output.accept("Other objects of the kind " + kind + " exist by now: the CRD stays.");
    } else {
      client.resource(crd).delete();
    }
  }
}
