package dev.acktask.e2e.gates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code hack/gating-tools/build.sh} provides in {@code folder}. */
public record GatingTools(Path folder) {

  /** The controller of Flux that applies Kustomizations and waits for what it applied. */
  Path kustomizeController() {
    return folder.resolve("kustomize-controller");
  }

  /** The command that prints what kstatus concludes from objects. */
  Path kstatus() {
    return folder.resolve("kstatus");
  }

  /** The CRDs of kustomize-controller and of the sources that it watches. */
  List<Path> crds() {
    try (Stream<Path> files = Files.list(folder.resolve("crds"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
