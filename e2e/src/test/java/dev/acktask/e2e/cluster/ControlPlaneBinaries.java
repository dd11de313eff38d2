package dev.acktask.e2e.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder with the programs of a control plane. */
public record ControlPlaneBinaries(Path folder) {

  /** The binaries, or the reason for their absence. */
  public sealed interface Search {
    record Found(ControlPlaneBinaries binaries) implements Search {}

    record Missing(String reason) implements Search {}
  }

  /** Asks {@code hack/control-plane/build.sh}, which can build them for minutes. */
  public static Search search() {
    return switch (BuildScript.of("control-plane").run()) {
      case BuildScript.Outcome.Provided provided ->
          new Search.Found(new ControlPlaneBinaries(provided.path()));
      case BuildScript.Outcome.Failed failed -> new Search.Missing(failed.reason());
    };
  }

  public Path etcd() {
    return folder.resolve("etcd");
  }

  public Path apiServer() {
    return folder.resolve("kube-apiserver");
  }

  public Path kubectl() {
    return folder.resolve("kubectl");
  }

  /** Absent from bundles made for envtest: no garbage collection and no end of namespaces then. */
  public Optional<Path> controllerManager() {
    return Optional.of(folder.resolve("kube-controller-manager")).filter(Files::isExecutable);
  }
}
