package dev.acktask.operator.alibaba.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A directory with the files of an access key, mounted from a Secret or written one by one. */
record SecretVolume(Path path) {
  /**
   * Mounts {@code files} like the kubelet: creates a new directory, replaces the link, and deletes
   * the old directory.
   */
  void mount(String version, Map<String, String> files) throws IOException {
    Path data = Files.createDirectory(path.resolve("..2026_" + version));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(data.resolve(file.getKey()), file.getValue());
      Path link = path.resolve(file.getKey());
      if (!Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, Path.of("..data", file.getKey()));
      }
    }
    Path link = path.resolve("..data");
    Path old = Files.exists(link) ? link.toRealPath() : null;
    Path next = Files.createSymbolicLink(path.resolve("..data_tmp"), data.getFileName());
    Files.move(next, link, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    if (old != null) {
      try (var entries = Files.list(old)) {
        for (Path entry : entries.toList()) {
          Files.delete(entry);
        }
      }
      Files.delete(old);
    }
  }

  void unmount() throws IOException {
    Files.delete(path.resolve("..data"));
  }

  Path write(String name, String content) throws IOException {
    return Files.writeString(path.resolve(name), content);
  }

  /** Replaces a file atomically. */
  void replace(String name, String content) throws IOException {
    Files.move(
        write("next", content),
        path.resolve(name),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
