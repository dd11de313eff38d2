package dev.acktask.e2e.gates;

import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a Git repository at one commit.
 *
 * @param files content by path
 */
public record SourceTree(Map<String, String> files) {
  public SourceTree {
    files = Map.copyOf(files);
  }

  /** No files. */
  public static SourceTree empty() {
    return new SourceTree(Map.of());
  }

  /** What this repository has below {@code folder}, under the same paths. */
  public static SourceTree ofRepository(String folder) {
    Path root = Settings.repository();
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root.resolve(folder))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SourceTree(files);
  }

  /** The same with one more file, or another content of one. */
  public SourceTree with(String path, String content) {
    Map<String, String> changed = new TreeMap<>(files);
    changed.put(path, content);
    return new SourceTree(changed);
  }

  /** The same without one file. */
  public SourceTree without(String path) {
    Map<String, String> changed = new TreeMap<>(files);
    if (changed.remove(path) == null) {
      throw new IllegalArgumentException("no " + path + " in " + files.keySet());
    }
    return new SourceTree(changed);
  }

  /** The same with {@code text} replaced in every file; it must occur. */
  public SourceTree replacing(String text, String replacement) {
    if (files.values().stream().noneMatch(content -> content.contains(text))) {
      throw new IllegalArgumentException("no file contains " + text);
    }
    return new SourceTree(
        files.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, file -> file.getValue().replace(text, replacement))));
  }
}
