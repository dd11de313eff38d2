package dev.acktask.demo;

import dev.acktask.demo.screen.TaskYaml;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/**
 * What a run leaves behind, until the next one: the logs and the objects in their last state.
 *
 * @param path of the folder
 */
record RunFolder(Path path) {
  /** An empty folder at {@code path}. */
  static RunFolder emptied(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> old = Files.walk(path)) {
        for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(path);
    return new RunFolder(path);
  }

  /** What the libraries in this process log goes here, not between the lines of the table. */
  void takeLibraryLogs() throws IOException {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    Handler file = new FileHandler(path.resolve("demo.log").toString());
    file.setFormatter(new SimpleFormatter());
    root.addHandler(file);
  }

  /** Writes each of {@code tasks} as kubectl would print it. */
  void keep(List<GenericKubernetesResource> tasks) throws IOException {
    Path folder = Files.createDirectories(path.resolve("tasks"));
    for (GenericKubernetesResource task : tasks) {
      Files.writeString(folder.resolve(task.getMetadata().getName() + ".yaml"), TaskYaml.of(task));
    }
  }
}
