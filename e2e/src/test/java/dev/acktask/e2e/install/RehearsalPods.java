package dev.acktask.e2e.install;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.HelmRelease;
import dev.acktask.e2e.cluster.ManagedProcess;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.OperatorProcess;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The pods of a rehearsal as processes, with the arguments, environment and files that the
 * Deployments name. They share one machine instead of a cluster's network: the port of the
 * simulator is a free one, its name is in a file of hosts, and the operator may use a loopback
 * address. TLS and its certificate are those of the release.
 */
final class RehearsalPods implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SIMULATOR = "-simulator";

  private final ControlPlane controlPlane;
  private final HelmRelease release;
  private final Path folder;
  private final Deque<Runnable> started = new ArrayDeque<>();

  RehearsalPods(ControlPlane controlPlane, HelmRelease release) {
    this.controlPlane = controlPlane;
    this.release = release;
    this.folder = Settings.output().resolve("operator").resolve(release.namespace());
  }

  /** Starts it and waits until it listens. */
  void startSimulator() throws IOException {
    PodSpec pod = awaitPod(SIMULATOR);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Settings.repository()
                    .resolve("simulator/target/acktask-simulator.jar")
                    .toString()));
    for (String argument : pod.getContainers().get(0).getArgs()) {
      command.add(onThisMachine(pod, argument));
    }
    Files.deleteIfExists(portFile()); // of a run before
    command.add("--port-file=" + portFile());
    ManagedProcess process =
        new ManagedProcess(
            "simulator",
            command,
            environment(pod),
            folder.resolve("simulator.log"),
            controlPlane.reaper(),
            new ManagedProcess.Readiness(SOON, running -> Files.exists(portFile())));
    started.push(process::close);
    process.start();
  }

  /** Starts it and waits until it is ready. */
  OperatorProcess startOperator() throws Exception {
    PodSpec pod = awaitPod("");
    String host = fullName() + SIMULATOR + "." + release.namespace() + ".svc";
    String url = "https://" + host;
    String port = Files.readString(portFile()).strip();
    ImageLayout image = ImageLayout.unpack(folder.resolve("image"));
    Map<String, String> environment = new HashMap<>(image.environment());
    environment(pod)
        .forEach(
            (name, value) -> environment.put(name, value.equals(url) ? value + ":" + port : value));
    environment.put("ACKTASK_ALLOW_PLAINTEXT_ENDPOINT", "true");
    environment.put("ACKTASK_MANAGEMENT_PORT", "0");
    environment.put("ACKTASK_HEALTH_PORT", "0");
    Path hosts =
        Files.writeString(folder.resolve("hosts"), "127.0.0.1 " + host + "\n127.0.0.1 localhost\n");
    environment.put("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + hosts);
    OperatorProcess operator =
        OperatorProcess.of(
            "operator",
            image.command(),
            controlPlane.kubeconfigFor(release.namespace(), pod.getServiceAccountName()),
            environment,
            folder,
            controlPlane.reaper());
    started.push(operator::close);
    return operator.start();
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      started.pop().run();
    }
  }

  private Path portFile() {
    return folder.resolve("simulator.port");
  }

  private String fullName() {
    return release.name() + "-acktask-operator";
  }

  private PodSpec awaitPod(String suffix) {
    Deployment deployment =
        await()
            .atMost(SOON)
            .until(
                () ->
                    controlPlane
                        .admin()
                        .apps()
                        .deployments()
                        .inNamespace(release.namespace())
                        .withName(fullName() + suffix)
                        .get(),
                Objects::nonNull);
    return deployment.getSpec().getTemplate().getSpec();
  }

  private Map<String, String> environment(PodSpec pod) throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (EnvVar variable : pod.getContainers().get(0).getEnv()) {
      environment.put(variable.getName(), onThisMachine(pod, variable.getValue()));
    }
    return environment;
  }

  /** With the folder of a volume in place of the path where the container has it. */
  private String onThisMachine(PodSpec pod, String text) throws IOException {
    String changed = text.equals("--port=8443") ? "--port=0" : text;
    changed = changed.equals("--bind=0.0.0.0") ? "--bind=127.0.0.1" : changed;
    for (VolumeMount mount : pod.getContainers().get(0).getVolumeMounts()) {
      if (changed.contains(mount.getMountPath() + "/") || changed.endsWith(mount.getMountPath())) {
        Volume volume =
            pod.getVolumes().stream()
                .filter(candidate -> candidate.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no volume " + mount.getName()));
        changed = changed.replace(mount.getMountPath(), files(volume).toString());
      }
    }
    return changed;
  }

  /** The files of a volume: those of a ConfigMap, or the named ones of a Secret. */
  private Path files(Volume volume) throws IOException {
    Path files =
        Files.createDirectories(folder.resolve("volume-" + volume.getName())).toAbsolutePath();
    if (volume.getConfigMap() != null) {
      Map<String, String> data =
          controlPlane
              .admin()
              .configMaps()
              .inNamespace(release.namespace())
              .withName(volume.getConfigMap().getName())
              .require()
              .getData();
      for (Map.Entry<String, String> file : data.entrySet()) {
        Files.writeString(files.resolve(file.getKey()), file.getValue());
      }
    } else if (volume.getSecret() != null) {
      Map<String, String> data =
          controlPlane
              .admin()
              .secrets()
              .inNamespace(release.namespace())
              .withName(volume.getSecret().getSecretName())
              .require()
              .getData();
      for (KeyToPath item : volume.getSecret().getItems()) {
        byte[] content = Base64.getDecoder().decode(data.get(item.getKey()));
        Files.writeString(
            files.resolve(item.getPath()), new String(content, StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
