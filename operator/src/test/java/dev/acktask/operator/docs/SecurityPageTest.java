package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} names existing tests and chart values, and a test for each threat. */
final class SecurityPageTest {
  private static final Path PAGE = Path.of("../docs/security.md");
  private static final Path VALUES = Path.of("../helm/acktask-operator/values.yaml");
  private static final Pattern TEST = Pattern.compile("`(\\w+#\\w+)`");
  private static final Pattern TESTED =
      Pattern.compile("`\\w+Test`|`\\w+#\\w+`|\\[[^]]*\\]\\(faults\\.md#");
  private static final Pattern VALUE =
      Pattern.compile("`([a-z][A-Za-z]*(?:\\.[a-z][A-Za-z]*)+)[`:]");

  @Test
  void shouldNameOnlyTestsThatExist() throws IOException {
    Set<String> missing = all(TEST);
    TestMethod.all().forEach(test -> missing.remove(test.name()));

    assertEquals(Set.of(), missing);
  }

  @Test
  void shouldNameATestForEachThreat() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("## Threats\n");
    List<String> rows =
        page.substring(start, page.indexOf("\n## ", start))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| Threat |"))
            .toList();

    assertTrue(rows.size() > 10, rows::toString);
    assertEquals(
        List.of(),
        rows.stream()
            .filter(row -> !TESTED.matcher(row.substring(row.lastIndexOf(" | "))).find())
            .toList());
  }

  @Test
  void shouldNameOnlyValuesThatTheChartHas() throws IOException {
    JsonNode values = new YAMLMapper().readTree(VALUES.toFile());
    Set<String> unknown = all(VALUE);
    unknown.removeIf(
        name ->
            !values.has(name.substring(0, name.indexOf('.')))
                || !values.at("/" + name.replace('.', '/')).isMissingNode());

    assertEquals(Set.of(), unknown);
  }

  private static Set<String> all(Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(PAGE))
        .results()
        .map(it -> it.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
