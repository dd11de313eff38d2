package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code docs/faults.md} names the tests that carry the number of each fault, and no others. */
final class FaultsPageTest {
  private static final Path PAGE = Path.of("../docs/faults.md");
  private static final int LAST = 100;
  private static final int MOST_NAMED = 3;
  private static final Pattern ROW =
      Pattern.compile("\\| (F[0-9]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern NAMED = Pattern.compile("`(\\w+#\\w+)`");

  /** A row of the page. */
  private record Row(String number, List<String> named) {}

  @Test
  void shouldListEachNumberOnceAndInOrder() throws IOException {
    assertEquals(
        IntStream.rangeClosed(1, LAST).mapToObj(number -> "F" + number).toList(),
        rows().stream().map(Row::number).toList());
  }

  @Test
  void shouldNameOnlyTestsThatCarryTheNumber() throws IOException {
    Map<String, Set<String>> tagged = tagged();
    List<String> wrong = new ArrayList<>();
    for (Row row : rows()) {
      Set<String> tests = tagged.getOrDefault(row.number(), Set.of());
      row.named().stream()
          .filter(name -> !tests.contains(name))
          .forEach(name -> wrong.add(row.number() + ": " + name));
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void shouldNameThreeTestsOfEachNumberOrAllWhenThereAreFewer() throws IOException {
    Map<String, Set<String>> tagged = tagged();
    List<String> incomplete = new ArrayList<>();
    for (Row row : rows()) {
      Set<String> tests = tagged.getOrDefault(row.number(), Set.of());
      int expected = Math.min(MOST_NAMED, tests.size());
      if (expected == 0 || Set.copyOf(row.named()).size() != expected) {
        incomplete.add(row.number() + " names " + row.named() + " of " + tests);
      }
    }
    assertEquals(List.of(), incomplete);
  }

  @Test
  void shouldHaveARowForEachTag() throws IOException {
    Set<String> unlisted = new TreeSet<>(tagged().keySet());
    rows().forEach(row -> unlisted.remove(row.number()));
    assertEquals(Set.of(), unlisted);
  }

  @Test
  void shouldReadTheTagsOfATest() {
    List<String> source =
        List.of(
            "final class ATest {",
            "  @ParameterizedTest(name = \"{0}\")",
            "  @Tag(\"F2\")",
            "  @Tag(\"F29\")",
            "  void shouldA(int a) {",
            "  }",
            "  @Test",
            "  void shouldB() {}",
            "  static void helper() {}");
    assertEquals(
        List.of(
            new TestMethod("ATest", "shouldA", Set.of("F2", "F29")),
            new TestMethod("ATest", "shouldB", Set.of())),
        TestMethod.read("ATest", source));
    assertThrows(
        AssertionError.class,
        () -> TestMethod.read("ATest", List.of("@Tag(\"F2\")", "final class ATest {")));
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("| F")) {
        Matcher row = ROW.matcher(line);
        assertTrue(row.matches(), () -> "not a row of four cells: " + line);
        List<String> named = NAMED.matcher(row.group(4)).results().map(it -> it.group(1)).toList();
        rows.add(new Row(row.group(1), named));
      }
    }
    return rows;
  }

  private static Map<String, Set<String>> tagged() throws IOException {
    Map<String, Set<String>> tagged = new TreeMap<>();
    for (TestMethod test : TestMethod.all()) {
      for (String tag : test.tags()) {
        tagged.computeIfAbsent(tag, it -> new TreeSet<>()).add(test.name());
      }
    }
    return tagged;
  }
}
