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
 * The output folder of a run: logs and final objects. The next run empties it.
 *
 * @param path of the folder
 */
record RunFolder(Path path) {
  /** Creates {@code path}, or deletes its content. */
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

  /** Sends java.util.logging of this process to a file, so that it does not break the table. */
  void redirectLibraryLogs() throws IOException {
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
