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
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A release of the chart in a separate namespace, with a simulated cloud. This class does the work
 * of the kubelet for its pods: the process is the entrypoint of the image, with exactly the
 * environment, Secrets and identity that the Deployment names.
 */
final class Installation implements AutoCloseable {
  static final String ACCESS_KEY_ID = "LTAI-install";
  static final String ACCESS_KEY_SECRET = "canary-install-secret";
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
     config: {endpointPublic: '%1$s', stsEndpointPublic: '%1$s', allowPlaintextEndpoint: true,
              defaultPollInterval: 1s, minPollInterval: 1s, requestsPerMinute: 60000,
              requestBurst: 1000}, %2$s}
    """
        .formatted(cloud.endpoint(), more);
  }

  /** The name of all its objects, unique in the cluster. */
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

  /** The user name of the operator. */
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
      environment.put(variable.getName(), mounted(name, variable.getValue()));
    }
    // Pods have separate addresses; processes on one machine cannot share a port.
    environment.put("ACKTASK_MANAGEMENT_PORT", "0");
    environment.put("ACKTASK_HEALTH_PORT", "0");
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

  /** The name of the ServiceAccount of the operator. */
  String account() {
    return deployment().getSpec().getTemplate().getSpec().getServiceAccountName();
  }

  /**
   * A value for the process: the mount path of a Secret is replaced by a folder with the files of
   * that Secret.
   */
  private String mounted(String replica, String value) {
    PodSpec pod = deployment().getSpec().getTemplate().getSpec();
    for (VolumeMount mount : container().getVolumeMounts()) {
      if (mount.getMountPath().equals(value)) {
        String secret =
            pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .map(volume -> volume.getSecret().getSecretName())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no volume " + mount.getName()));
        return files(secret, folder().resolve(replica + "-" + mount.getName())).toString();
      }
    }
    return value;
  }

  private Path files(String secret, Path directory) {
    Map<String, String> data =
        controlPlane.admin().secrets().inNamespace(namespace).withName(secret).require().getData();
    try {
      Files.createDirectories(directory);
      for (Map.Entry<String, String> file : data.entrySet()) {
        Files.write(directory.resolve(file.getKey()), Base64.getDecoder().decode(file.getValue()));
      }
      return directory.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
