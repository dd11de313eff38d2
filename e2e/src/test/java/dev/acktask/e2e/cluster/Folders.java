package dev.acktask.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of a run. */
public final class Folders {
  private Folders() {}

  /** Copies all of {@code from} into {@code to}, which need not exist. */
  static void copy(Path from, Path to) throws IOException {
    List<Path> content;
    try (Stream<Path> walk = Files.walk(from)) {
      content = walk.toList();
    }
    Files.createDirectories(to.getParent());
    for (Path path : content) {
      Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.REPLACE_EXISTING);
    }
  }

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
