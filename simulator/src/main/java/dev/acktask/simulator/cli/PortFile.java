package dev.acktask.simulator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the port for a waiting script, by an atomic move: the file is always complete. */
final class PortFile {
  private PortFile() {}

  static void write(Path file, int port) throws IOException {
    Path target = file.toAbsolutePath();
    Path draft = target.resolveSibling(target.getFileName() + ".tmp");
    try {
      Files.writeString(draft, port + "\n");
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException("cannot write the port file " + file, e);
    }
  }
}
