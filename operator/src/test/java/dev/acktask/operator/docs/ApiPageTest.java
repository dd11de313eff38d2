package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.ConnectionReason;
import dev.acktask.operator.api.v1alpha1.DiscoveryConditionType;
import dev.acktask.operator.api.v1alpha1.DiscoveryReason;
import dev.acktask.operator.api.v1alpha1.GatePhase;
import dev.acktask.operator.api.v1alpha1.GateReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The part of the reference below the marker equals what is generated from the CRDs. {@code
 * -Dacktask.docs.write=true} regenerates it.
 */
final class ApiPageTest {
  private static final Path PAGE = Path.of("../docs/api.md");
  private static final Path CRDS = Path.of("../crds");
  private static final String MARKER =
      "<!-- From here on generated from crds/; a test holds it equal and can regenerate it. -->\n";
  private static final Pattern CONDITION = Pattern.compile("(?m)^\\| `([A-Z][A-Za-z]+)` \\|");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void shouldDescribeTheCrdsAsTheyAre() throws IOException {
    // given
    String page = Files.readString(PAGE);
    int end = page.indexOf(MARKER);
    assertTrue(end >= 0, () -> PAGE + " has lost the line " + MARKER);

    // when
    String expected = page.substring(0, end) + MARKER + ApiReference.of(crds());
    if (Boolean.getBoolean("acktask.docs.write")) {
      Files.writeString(PAGE, expected);
    }

    // then
    assertEquals(
        expected,
        Files.readString(PAGE),
        "docs/api.md differs from crds/; -Dacktask.docs.write=true regenerates it");
  }

  @Test
  void shouldDescribeEveryConditionAndNoOther() throws IOException {
    assertEquals(
        Arrays.stream(ConditionType.values()).map(ConditionType::apiName).sorted().toList(),
        conditions("Conditions of an AckTask").stream().sorted().toList(),
        "the conditions in docs/api.md are not those of ConditionType");
    assertEquals(List.of("Ready", "Throttled"), conditions("Conditions of a connection"));
    assertEquals(List.of("Ready", "Synced", "Limited"), conditions("Conditions of a discovery"));
  }

  @Test
  void shouldDescribeEveryReasonOfAConnectionAndNoOther() throws IOException {
    List<String> described =
        column(table("Conditions of a connection", "reason of Ready"), 0).stream()
            .sorted()
            .toList();
    assertEquals(
        Arrays.stream(ConnectionReason.values())
            .filter(reason -> reason != ConnectionReason.THROTTLED) // of another condition
            .map(ConnectionReason::apiName)
            .sorted()
            .toList(),
        described);
  }

  @Test
  void shouldDescribeEveryReasonOfADiscoveryAndNoOther() throws IOException {
    List<List<String>> reasons = table("Conditions of a discovery", "reason");

    assertEquals(
        Arrays.stream(DiscoveryReason.values()).map(DiscoveryReason::apiName).toList(),
        column(reasons, 0));
    assertEquals(
        Arrays.stream(DiscoveryConditionType.values())
            .map(DiscoveryConditionType::apiName)
            .collect(Collectors.toSet()),
        conditionsOf(reasons));
  }

  @Test
  void shouldDescribeEveryReasonOfAGateAndNoOther() throws IOException {
    List<List<String>> reasons = table("Conditions of a gate", "reason");

    assertEquals(
        Arrays.stream(GateReason.values()).map(GateReason::apiName).toList(), column(reasons, 0));
    assertEquals(Set.of("Succeeded", "Synced", "Overdue"), conditionsOf(reasons));
  }

  @Test
  void shouldDescribeThePhasesAndConditionsOfAGate() throws IOException {
    // given
    List<List<String>> states = table("Conditions of a gate", "state");
    Set<String> conditions = new TreeSet<>(conditionsOf(table("Conditions of a gate", "reason")));

    // when
    String page = Files.readString(PAGE);
    int start = page.indexOf("| state | `status.phase` |");
    Arrays.stream(page.substring(start, page.indexOf('\n', start)).split("[|,` ]+", -1))
        .filter(word -> word.matches("[A-Z][a-z]+"))
        .forEach(conditions::add);

    // then
    assertEquals(
        Arrays.stream(GatePhase.values()).map(GatePhase::apiName).collect(Collectors.toSet()),
        Set.copyOf(column(states, 1)));
    assertEquals(
        Arrays.stream(ConditionType.values())
            .filter(type -> type != ConditionType.SLOWER_THAN_USUAL) // of an AckTask only
            .map(ConditionType::apiName)
            .collect(Collectors.toCollection(TreeSet::new)),
        conditions);
  }

  @Test
  void shouldDescribeEveryRuleOfAField() throws IOException {
    String page =
        ApiReference.of(
            List.of(
                crd(
                    """
                    type: object
                    required: [a]
                    x-kubernetes-validations:
                      - rule: self.a == oldSelf.a
                      - rule: has(self.b) == has(oldSelf.b) && (!has(self.b) || self.b == oldSelf.b)
                      - rule: has(self.b) || has(self.c)
                        message: b or c is needed
                      - rule: self.c.size() < 3
                        message: at most two of c
                    properties:
                      a: {type: string, minLength: 1, maxLength: 9, pattern: '^(x|y)$', default: x}
                      b: {type: integer, format: int32, minimum: 600, description: 'A number.'}
                      c:
                        type: array
                        x-kubernetes-list-type: set
                        items: {type: string, enum: [P, Q]}
                      d:
                        type: object
                        description: An object.
                        properties:
                          e: {type: boolean, x-kubernetes-validations: [{rule: self == oldSelf}]}
                    """)));

    assertTrue(page.contains("\n- there is only x.\n\n### Thing spec\n"), page);
    assertTrue(
        page.contains(
            """
            | field | type | default | rules | description |
            |---|---|---|---|---|
            | `a` | string | `"x"` | **required**; immutable; 1 to 9 characters; `^(x\\|y)$` | |
            | `b` | integer | | immutable (also whether it is there); at least 600 | A number. |
            | `c` | list of strings | | at most two of c; no duplicates; each: one of `P`, `Q` | |
            | `d` | [object](#thing-spec-d) | | | An object. |

            - b or c is needed.

            ### Thing spec: d

            An object.

            | field | type | rules | description |
            |---|---|---|---|
            | `e` | boolean | immutable | |
            """),
        page);
  }

  @Test
  void shouldRejectAKeywordThatItDoesNotKnow() throws IOException {
    JsonNode crd = crd("{type: object, properties: {a: {type: string, multipleOf: 2}}}");

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ApiReference.of(List.of(crd)));

    assertEquals(
        "Thing spec: a uses multipleOf, which ApiReference cannot put into words",
        refused.getMessage());
  }

  /** The cells of a table, without its head, by the section and the first cell of the head. */
  private static List<List<String>> table(String section, String head) throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("\n| " + head + " |", page.indexOf("## " + section + "\n")) + 1;
    return page.substring(start, page.indexOf("\n\n", start))
        .lines()
        .skip(2)
        .map(row -> Arrays.stream(row.split("\\|", -1)).skip(1).map(String::strip).toList())
        .toList();
  }

  private static List<String> column(List<List<String>> table, int index) {
    return table.stream().map(row -> row.get(index)).toList();
  }

  /** The conditions in the second column, which separates them by commas. */
  private static Set<String> conditionsOf(List<List<String>> reasons) {
    return column(reasons, 1).stream()
        .flatMap(cell -> Arrays.stream(cell.split(", ", -1)))
        .collect(Collectors.toSet());
  }

  /** The conditions that a section describes. */
  private static List<String> conditions(String section) throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("## " + section + "\n");
    Matcher row = CONDITION.matcher(page.substring(start, page.indexOf("\n## ", start)));
    List<String> described = new ArrayList<>();
    while (row.find()) {
      described.add(row.group(1));
    }
    return described;
  }

  private static JsonNode crd(String spec) throws IOException {
    return YAML.readTree(
        """
        spec:
          group: acktask.dev
          scope: Namespaced
          names: {kind: Thing, plural: things, singular: thing}
          versions:
            - name: v1
              schema:
                openAPIV3Schema:
                  description: A thing.
                  x-kubernetes-validations:
                    - {rule: self.metadata.name == 'x', message: there is only x}
                  properties:
                    spec:
        """
            + spec.indent(14));
  }

  private static List<JsonNode> crds() throws IOException {
    List<JsonNode> crds = new ArrayList<>();
    try (Stream<Path> files = Files.list(CRDS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        crds.add(YAML.readTree(file.toFile()));
      }
    }
    return crds;
  }
}
