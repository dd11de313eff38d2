package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every fault of answers and transport (F1 to F52), and of objects, the Kubernetes API, restarts
 * and the process (F53 to F93), has a test of its number, here or on a real API server.
 */
final class CatalogueTest {
  private static final List<Path> TESTS =
      List.of(Path.of("src/test/java"), Path.of("../e2e/src/test/java"));
  private static final Pattern NUMBERED = Pattern.compile("void f([0-9]{2})[A-Z]");

  @Test
  void shouldHaveATestForEachNumber() throws IOException {
    Set<Integer> tested = new TreeSet<>();
    for (Path file : sources()) {
      Matcher name = NUMBERED.matcher(Files.readString(file));
      while (name.find()) {
        tested.add(Integer.parseInt(name.group(1)));
      }
    }
    List<Integer> missing =
        IntStream.rangeClosed(1, 93).filter(number -> !tested.contains(number)).boxed().toList();
    assertEquals(List.of(), missing);
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path tests : TESTS) {
      try (Stream<Path> files = Files.walk(tests)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }
}
