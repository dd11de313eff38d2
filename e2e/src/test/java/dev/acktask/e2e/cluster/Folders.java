package dev.acktask.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of a run. */
public final class Folders {
  private Folders() {}

  /** Makes {@code folder} exist and be empty. */
  public static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> content;
      try (Stream<Path> walk = Files.walk(folder)) {
        content = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : content) {
        Files.delete(path);
      }
    }
    Files.createDirectories(folder);
  }
}
