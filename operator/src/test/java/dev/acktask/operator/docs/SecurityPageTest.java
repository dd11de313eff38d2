package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} names existing tests and chart values, and a test for each threat. */
final class SecurityPageTest {
  private static final Path PAGE = Path.of("../docs/security.md");
  private static final Path VALUES = Path.of("../helm/acktask-operator/values.yaml");
  private static final Pattern JSON = Pattern.compile("(?s)```json\n(.*?)\n```");
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

  /** Each policy allows reads only, and the calls that the operator makes with it. */
  @Test
  void shouldAllowEachCallInThePolicies() throws IOException {
    List<Map<String, Set<String>>> policies = policies();

    assertEquals(Map.of("cs:DescribeTaskInfo", Set.of("*")), policies.get(0));
    assertEquals(
        Set.of("cs:DescribeTaskInfo", "cs:DescribeClusterTasks", "cs:ListOperationPlansForRegion"),
        policies.get(1).keySet());
    assertEquals(
        Set.of(
            "cs:DescribeTaskInfo",
            "cs:DescribeClusterTasks",
            "cs:DescribeClustersV1",
            "cs:GetClusters",
            "cs:ListOperationPlansForRegion"),
        policies.get(2).keySet());
    for (Map<String, Set<String>> withLists : policies.subList(1, 3)) {
      withLists.forEach(
          (action, resources) ->
              assertEquals(
                  !action.equals("cs:DescribeClusterTasks"),
                  resources.equals(Set.of("*")),
                  action + " " + resources));
      assertTrue(
          withLists.get("cs:DescribeClusterTasks").stream()
              .allMatch(arn -> arn.matches("acs:cs:[a-z0-9*-]+:\\*:cluster/[a-z0-9*]+")));
    }
  }

  @Test
  void shouldDescribeEachActionOfThePolicies() throws IOException {
    String page = Files.readString(PAGE);
    for (Map<String, Set<String>> policy : policies()) {
      for (String action : policy.keySet()) {
        assertTrue(page.contains("`" + action + "`"), action);
      }
    }
  }

  /** The resources of each action of the policies for ACK, in the order of the page. */
  private static List<Map<String, Set<String>>> policies() throws IOException {
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("## RAM policies\n"), page.indexOf("## RRSA\n"));
    List<Map<String, Set<String>>> policies = new ArrayList<>();
    for (MatchResult block : JSON.matcher(section).results().toList()) {
      JsonNode policy = new ObjectMapper().readTree(block.group(1));
      if (policy.toString().contains("\"cs:")) {
        assertEquals("1", policy.get("Version").asText());
        Map<String, Set<String>> actions = new TreeMap<>();
        for (JsonNode statement : policy.get("Statement")) {
          assertEquals("Allow", statement.get("Effect").asText());
          Set<String> resources = new TreeSet<>();
          statement.get("Resource").forEach(resource -> resources.add(resource.asText()));
          statement.get("Action").forEach(action -> actions.put(action.asText(), resources));
        }
        policies.add(actions);
      }
    }
    return policies;
  }

  private static Set<String> all(Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(PAGE))
        .results()
        .map(it -> it.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
