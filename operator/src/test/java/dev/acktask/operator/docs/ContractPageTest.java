package dev.acktask.operator.docs;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.ConnectionReason;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.GateSpec;
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
import org.junit.jupiter.api.Test;

/** {@code docs/contract.md} names a test for each guarantee, and only tests that exist. */
final class ContractPageTest {
  private static final Path PAGE = Path.of("../docs/contract.md");

  /** The test classes of the contract: the page names each of their tests. */
  private static final Set<String> CONTRACT_TESTS =
      Set.of(
          "ConditionsTest",
          "ConnectionEvaluatorTest",
          "ConditionSemanticsTest",
          "SpecFieldsTest",
          "StatusFieldsTest",
          "TaskEvaluatorBehaviorTest");

  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

  @Test
  void shouldNameOnlyTestsThatExist() throws IOException {
    Set<String> missing = named();
    TestMethod.all().forEach(test -> missing.remove(test.name()));
    assertEquals(Set.of(), missing);
  }

  @Test
  void shouldNameEachTestOfTheContract() throws IOException {
    List<TestMethod> tests =
        TestMethod.all().stream().filter(test -> CONTRACT_TESTS.contains(test.type())).toList();
    assertEquals(CONTRACT_TESTS, tests.stream().map(TestMethod::type).collect(toSet()));

    Set<String> unnamed = tests.stream().map(TestMethod::name).collect(toCollection(TreeSet::new));
    unnamed.removeAll(named());
    assertEquals(Set.of(), unnamed);
  }

  @Test
  void shouldHaveARowForEachFieldAndCondition() throws IOException {
    assertEquals(List.of(), without(section("Fields of the spec"), fields(AckTaskSpec.class)));
    assertEquals(List.of(), without(section("Fields of the status"), fields(AckTaskStatus.class)));
    List<String> types = Arrays.stream(ConditionType.values()).map(ConditionType::apiName).toList();
    assertEquals(List.of(), without(section("Conditions"), types));
  }

  @Test
  void shouldHaveARowForEachFieldAndReasonOfAConnection() throws IOException {
    List<String> rows = section("Status of a connection");
    assertEquals(List.of(), without(rows, fields(ConnectionStatus.class)));
    for (ConnectionReason reason : ConnectionReason.values()) {
      assertTrue(
          rows.stream().anyMatch(row -> firstCell(row).contains(reason.apiName())),
          reason.apiName());
    }
  }

  @Test
  void shouldHaveARowForEachFieldOfADiscovery() throws IOException {
    assertEquals(List.of(), without(section("Fields of a discovery"), fields(DiscoverySpec.class)));
  }

  @Test
  void shouldHaveARowForEachFieldOfAGate() throws IOException {
    assertEquals(List.of(), without(section("Fields of a gate"), fields(GateSpec.class)));
  }

  @Test
  void shouldNameATestInEachRow() throws IOException {
    List<String> sections =
        Files.readAllLines(PAGE).stream().dropWhile(line -> !line.startsWith("## ")).toList();
    for (String line : sections) {
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
