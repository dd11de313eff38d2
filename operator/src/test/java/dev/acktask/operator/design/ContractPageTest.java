package dev.acktask.operator.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/contract.md} names a test for each promise, and names none that is not there. */
final class ContractPageTest {
  private static final Path PAGE = Path.of("../docs/contract.md");
  private static final List<Path> TESTS =
      List.of(Path.of("src/test/java"), Path.of("../e2e/src/test/java"));
  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final Pattern METHOD =
      Pattern.compile("(?:void|Stream<DynamicTest>) ((?:should|f[0-9]{2})\\w+)\\(");

  @Test
  void shouldNameOnlyTestsThatAreThere() throws IOException {
    Set<String> missing = named();
    missing.removeAll(tests(TESTS));
    assertEquals(Set.of(), missing);
  }

  @Test
  void shouldNameEachTestOfThisPackage() throws IOException {
    Path here = TESTS.getFirst().resolve(getClass().getPackageName().replace('.', '/'));
    Set<String> unnamed = tests(List.of(here));
    unnamed.removeIf(test -> test.startsWith(getClass().getSimpleName() + "#"));
    unnamed.removeAll(named());
    assertEquals(Set.of(), unnamed);
  }

  @Test
  void shouldHaveARowForEachFieldAndCondition() throws IOException {
    assertEquals(List.of(), without(section("Fields of the spec"), fields(AckTaskSpec.class)));
    assertEquals(List.of(), without(section("Fields of the status"), fields(AckTaskStatus.class)));
    List<String> types = Arrays.stream(ConditionType.values()).map(ConditionType::word).toList();
    assertEquals(List.of(), without(section("Conditions"), types));
  }

  @Test
  void shouldNameATestInEachRow() throws IOException {
    for (String line : Files.readAllLines(PAGE)) {
      boolean row = line.startsWith("|") && !line.startsWith("|--") && !line.contains("shown by |");
      assertFalse(row && !NAMED.matcher(line).find(), line);
    }
  }

  private static Set<String> named() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher test = NAMED.matcher(Files.readString(PAGE));
    while (test.find()) {
      named.add(test.group(1) + "#" + test.group(2));
    }
    return named;
  }

  private static Set<String> tests(List<Path> roots) throws IOException {
    Set<String> tests = new TreeSet<>();
    for (Path root : roots) {
      for (Path file : sources(root)) {
        String type = file.getFileName().toString().replace(".java", "");
        Matcher method = METHOD.matcher(Files.readString(file));
        while (method.find()) {
          tests.add(type + "#" + method.group(1));
        }
      }
    }
    return tests;
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static List<String> fields(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /** Those of {@code wanted} that no first cell of {@code rows} names. */
  private static List<String> without(List<String> rows, List<String> wanted) {
    List<String> missing = new ArrayList<>(wanted);
    missing.removeIf(
        name -> rows.stream().anyMatch(row -> firstCell(row).contains("`" + name + "`")));
    return missing;
  }

  private static String firstCell(String row) {
    return row.split("\\|", 3)[1];
  }

  private static List<String> section(String title) throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("## " + title + "\n");
    int end = page.indexOf("\n## ", start);
    return page.substring(start, end < 0 ? page.length() : end)
        .lines()
        .filter(line -> line.startsWith("| "))
        .toList();
  }
}
