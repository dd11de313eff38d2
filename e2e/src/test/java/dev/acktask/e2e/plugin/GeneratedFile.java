package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with generated text; {@code -Dacktask.docs.write=true} rewrites it. */
record GeneratedFile(Path path) {
  /** Asserts that the whole file is {@code expected}. */
  void assertIs(String expected) throws IOException {
    if (Boolean.getBoolean("acktask.docs.write")) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, expected);
    }
    assertEquals(
        expected,
        Files.exists(path) ? Files.readString(path) : "",
        Settings.repository().relativize(path)
            + " is out of date; -Dacktask.docs.write=true writes it");
  }

  /** Asserts that the part between the first {@code begin} and the next {@code end} is this. */
  void assertPart(String begin, String end, String expected) throws IOException {
    String text = Files.readString(path);
    int from = text.indexOf(begin);
    int to = from < 0 ? -1 : text.indexOf(end, from + begin.length());
    if (to < 0) {
      throw new AssertionError(path + " has lost " + begin + " … " + end);
    }
    assertIs(text.substring(0, from + begin.length()) + expected + text.substring(to));
  }
}
