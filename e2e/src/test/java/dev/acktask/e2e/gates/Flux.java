package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.ManagedProcess;
import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Flux in one namespace: kustomize-controller under its own ServiceAccount with the rights of
 * Flux's installation, and a GitRepository that a test commits to. It watches Kustomizations in no
 * other namespace, so tests do not interfere; what they apply goes wherever they say.
 *
 * <p>Of its settings only these differ from those of an installation: dependencies are checked
 * every second, more Kustomizations are reconciled at once, and events stay in the cluster.
 */
public final class Flux implements AutoCloseable {
  /** The name of the GitRepository, as in the examples. */
  public static final String REPOSITORY = "fleet";

  private static final String ACCOUNT = "kustomize-controller";

  /** Flux reads the health of what it applied every five seconds. */
  private static final Duration SOON = Duration.ofSeconds(90);

  private static final Duration START = Duration.ofMinutes(1);
  private static final ResourceDefinitionContext TYPE =
      new ResourceDefinitionContext.Builder()
          .withGroup("kustomize.toolkit.fluxcd.io")
          .withVersion("v1")
          .withKind("Kustomization")
          .withPlural("kustomizations")
          .withNamespaced(true)
          .build();

  private final ControlPlane controlPlane;
  private final String namespace;
  private final GitRepository repository;
  private final ClusterRoleBinding rights;
  private final ManagedProcess controller;

  private Flux(ControlPlane controlPlane, GatingTools tools, String prefix) {
    this.controlPlane = controlPlane;
    install(controlPlane, tools.crds());
    this.namespace = controlPlane.createNamespace(prefix);
    this.rights = rights();
    this.repository = GitRepository.create(controlPlane.admin(), namespace, REPOSITORY);
    controlPlane.admin().resource(account()).create();
    controlPlane.admin().resource(rights).create();
    this.controller = controller(tools.kustomizeController());
  }

  /** Starts it, without a commit in its repository. */
  public static Flux start(ControlPlane controlPlane, GatingTools tools, String prefix) {
    Flux flux = new Flux(controlPlane, tools, prefix);
    try {
      flux.controller.start();
      return flux;
    } catch (RuntimeException e) {
      flux.close();
      throw e;
    }
  }

  /** Where its Kustomizations have to be. */
  public String namespace() {
    return namespace;
  }

  /** Makes {@code tree} the head of its repository; the revision. */
  public String commit(SourceTree tree) {
    return repository.commit(tree);
  }

  /**
   * Creates Kustomizations in its namespace.
   *
   * @param manifests moved there
   * @param target the namespace of what they apply
   */
  public void create(List<GenericKubernetesResource> manifests, String target) {
    for (GenericKubernetesResource manifest : manifests) {
      manifest.getMetadata().setNamespace(namespace);
      Map<String, Object> spec = manifest.get("spec");
      spec.put("targetNamespace", target);
      controlPlane.admin().resource(manifest).create();
    }
  }

  /** A Kustomization of its namespace. */
  public GenericKubernetesResource kustomization(String name) {
    return controlPlane
        .admin()
        .genericKubernetesResources(TYPE)
        .inNamespace(namespace)
        .withName(name)
        .require();
  }

  /** Reconciles a Kustomization now instead of at its next interval. */
  public void requestReconciliation(String name) {
    controlPlane
        .admin()
        .genericKubernetesResources(TYPE)
        .inNamespace(namespace)
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"annotations\": {\"reconcile.fluxcd.io/requestedAt\": \"%s\"}}}"
                .formatted(Instant.now()));
  }

  /** Waits until the condition Ready of a Kustomization has that status and reason. */
  public GenericKubernetesResource awaitReady(String name, String status, String reason) {
    return await(name + " " + status + " " + reason)
        .atMost(SOON)
        .until(
            () -> kustomization(name),
            found ->
                AckTasks.condition(found, "Ready").equals(status)
                    && AckTasks.reason(found, "Ready").equals(reason));
  }

  /** Waits until a Kustomization has applied {@code revision}, and all of it is healthy. */
  public void awaitApplied(String name, String revision) {
    await(name + " " + revision)
        .atMost(SOON)
        .until(
            () -> kustomization(name),
            found ->
                AckTasks.condition(found, "Ready").equals("True")
                    && revision.equals(found.get("status", "lastAppliedRevision")));
  }

  /**
   * Waits until the health of what Kustomizations applied was read some more times.
   *
   * @param resource such as {@code acktasks}
   */
  public void awaitHealthReads(String resource, int count) {
    long before = healthReads(resource);
    await("reads of " + resource).atMost(SOON).until(() -> healthReads(resource) >= before + count);
  }

  @Override
  public void close() {
    controller.close();
    repository.close();
    controlPlane.admin().resource(rights).delete();
  }

  /** Each read of one object by the controller: it caches none. */
  private long healthReads(String resource) {
    String user = "\"system:serviceaccount:" + namespace + ":" + ACCOUNT + "\"";
    try (Stream<String> lines = Files.lines(controlPlane.auditLog())) {
      return lines
          .filter(line -> line.contains(user))
          .filter(line -> line.contains("\"verb\":\"get\""))
          .filter(line -> line.contains("\"resource\":\"" + resource + "\""))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ManagedProcess controller(Path binary) {
    Path folder = Settings.output().resolve("gates").resolve(namespace);
    Path kubeconfig = controlPlane.kubeconfigFor(namespace, ACCOUNT);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                binary.toString(),
                "--watch-all-namespaces=false",
                "--no-cross-namespace-refs=true",
                "--no-remote-bases=true",
                "--requeue-dependency=1s",
                "--concurrent=40",
                "--metrics-addr=0",
                "--health-addr=0",
                "--log-encoding=console"));
    return new ManagedProcess(
        ACCOUNT,
        command,
        Map.of(
            "HOME", folder.toString(),
            "TMPDIR", folder.toString(),
            "KUBECONFIG", kubeconfig.toString(),
            "RUNTIME_NAMESPACE", namespace),
        folder.resolve(ACCOUNT + ".log"),
        controlPlane.reaper(),
        new ManagedProcess.Readiness(
            START, running -> running.output().contains("Starting workers")));
  }

  private io.fabric8.kubernetes.api.model.ServiceAccount account() {
    return new ServiceAccountBuilder()
        .withMetadata(meta(ACCOUNT).toBuilder().withNamespace(namespace).build())
        .build();
  }

  /** As the installation of Flux binds it. */
  private ClusterRoleBinding rights() {
    return new ClusterRoleBindingBuilder()
        .withMetadata(meta(ACCOUNT + "-" + namespace))
        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
        .addNewSubject("", "ServiceAccount", ACCOUNT, namespace)
        .build();
  }

  private static ObjectMeta meta(String name) {
    return new ObjectMetaBuilder().withName(name).build();
  }

  private static void install(ControlPlane controlPlane, List<Path> crds) {
    List<String> apply = new ArrayList<>(List.of("apply", "--server-side"));
    crds.forEach(crd -> apply.addAll(List.of("-f", crd.toString())));
    controlPlane.kubectl(apply.toArray(String[]::new)).orThrow();
    controlPlane
        .kubectl("wait", "crd", "--all", "--for=condition=Established", "--timeout=60s")
        .orThrow();
  }
}
