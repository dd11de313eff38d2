package dev.acktask.e2e.install;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.HelmRelease;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.simulator.Simulator;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A release of the chart in a namespace of its own, and a cloud for it. What the kubelet would do
 * for its pods happens here: the process is the entrypoint of the image, with exactly the
 * environment and the identity that the Deployment names.
 */
final class Installation implements AutoCloseable {
  private static final String ACCESS_KEY_ID = "LTAI-install";
  private static final String ACCESS_KEY_SECRET = "canary-install-secret";
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;
  private final String namespace;
  private final HelmRelease release;
  private final Simulator cloud;
  private final List<OperatorProcess> replicas = new ArrayList<>();

  private Installation(ControlPlane controlPlane, String namespace) throws IOException {
    this.controlPlane = controlPlane;
    this.namespace = namespace;
    this.release = controlPlane.release(namespace, namespace);
    this.cloud = Simulator.builder().credential(ACCESS_KEY_ID, ACCESS_KEY_SECRET).start();
  }

  /** A namespace with the Secret that the values name; nothing is installed yet. */
  static Installation prepare(ControlPlane controlPlane, String prefix) {
    String namespace = controlPlane.createNamespace(prefix);
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName("acktask-credentials")
            .withNamespace(namespace)
            .endMetadata()
            .addToStringData("accessKeyId", ACCESS_KEY_ID)
            .addToStringData("accessKeySecret", ACCESS_KEY_SECRET)
            .build();
    controlPlane.admin().resource(secret).create();
    try {
      return new Installation(controlPlane, namespace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Values for this cloud, with tasks that are polled every second.
   *
   * @param more of them, in YAML's flow style
   */
  String values(String more) {
    return """
        {region: cn-hangzhou, credentials: {existingSecret: acktask-credentials}, crds: {enabled: false},
         image: {repository: registry.example.com/acktask-operator},
         config: {endpointPublic: '%s', allowPlaintextEndpoint: true, defaultPollInterval: 1s,
                  minPollInterval: 1s, requestsPerMinute: 60000, requestBurst: 1000}, %s}
        """
        .formatted(cloud.endpoint(), more);
  }

  /** The name of all its objects: unlike that of any other release in the cluster. */
  String fullName() {
    return release.name() + "-acktask-operator";
  }

  HelmRelease release() {
    return release;
  }

  Simulator cloud() {
    return cloud;
  }

  String namespace() {
    return namespace;
  }

  /** As the API server knows the operator. */
  String user() {
    return "system:serviceaccount:" + namespace + ":" + account();
  }

  AckTasks tasks(String where) {
    return new AckTasks(controlPlane.admin(), where);
  }

  Deployment deployment() {
    return controlPlane
        .admin()
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(fullName())
        .require();
  }

  /** One pod of the Deployment as it is now, not started. */
  OperatorProcess replica(String name) {
    ImageLayout image = image(name);
    Map<String, String> environment = new HashMap<>(image.environment());
    for (EnvVar variable : container().getEnv()) {
      value(variable).ifPresent(value -> environment.put(variable.getName(), value));
    }
    // Pods have addresses of their own; processes here would fight for one port.
    environment.put("ACKTASK_MANAGEMENT_PORT", "0");
    OperatorProcess replica =
        OperatorProcess.of(
            name,
            image.command(),
            controlPlane.kubeconfigFor(namespace, account()),
            environment,
            folder(),
            controlPlane.reaper());
    replicas.add(replica);
    return replica;
  }

  Container container() {
    return deployment().getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  void awaitPhase(AckTasks tasks, String name, String phase) {
    await().atMost(SOON).until(() -> phase.equals(tasks.get(name).get("status", "phase")));
  }

  @Override
  public void close() {
    replicas.forEach(OperatorProcess::close);
    cloud.close();
  }

  private ImageLayout image(String replica) {
    try {
      return ImageLayout.unpack(folder().resolve("image-" + replica));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Path folder() {
    return Settings.output().resolve("operator").resolve(namespace);
  }

  private String account() {
    return deployment().getSpec().getTemplate().getSpec().getServiceAccountName();
  }

  /** Empty for an optional key that the Secret lacks. */
  private Optional<String> value(EnvVar variable) {
    if (variable.getValueFrom() == null) {
      return Optional.of(variable.getValue());
    }
    SecretKeySelector key = variable.getValueFrom().getSecretKeyRef();
    Secret secret =
        controlPlane.admin().secrets().inNamespace(namespace).withName(key.getName()).require();
    String data = secret.getData().get(key.getKey());
    if (data == null && !Boolean.TRUE.equals(key.getOptional())) {
      throw new AssertionError("the kubelet would refuse: no " + key.getKey() + " in the Secret");
    }
    return Optional.ofNullable(data)
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
  }
}
