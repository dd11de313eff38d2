package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every fault that needs no cluster (F1 to F52: answers and transport) has a test of its number.
 */
final class CatalogueTest {
  private static final Path TESTS = Path.of("src/test/java");
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
        IntStream.rangeClosed(1, 52).filter(number -> !tested.contains(number)).boxed().toList();
    assertEquals(List.of(), missing);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
