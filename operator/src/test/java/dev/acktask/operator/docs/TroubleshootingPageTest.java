package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.ConnectionReason;
import dev.acktask.operator.api.v1alpha1.DiscoveryReason;
import dev.acktask.operator.api.v1alpha1.GateReason;
import dev.acktask.operator.api.v1alpha1.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page has a section for each reason of a condition, and for no other. */
final class TroubleshootingPageTest {
  private static final Path PAGE = Path.of("../docs/troubleshooting.md");
  private static final List<String> PARTS = List.of("**You see** ", "**Why** ", "**Do** ");
  private static final Pattern SECTION = Pattern.compile("(?ms)^### (\\S+)\\n(.*?)(?=^##|\\z)");
  private static final Pattern IN_THE_TABLE =
      Pattern.compile("\\[([A-Z][A-Za-z]+)\\]\\(#[a-z]+\\)");

  /** Reasons of a connection have sections apart: some have the name of one of an AckTask. */
  private static final Pattern OF_CONNECTION =
      Pattern.compile("(?ms)^### Connection (\\S+)\\n(.*?)(?=^##|\\z)");

  private static final Pattern OF_DISCOVERY =
      Pattern.compile("(?ms)^### Discovery (\\S+)\\n(.*?)(?=^##|\\z)");

  private static final Pattern OF_DISCOVERY_IN_THE_TABLE =
      Pattern.compile("\\[([A-Z][A-Za-z]+)\\]\\(#discovery-[a-z]+\\)");

  private static final Pattern OF_GATE =
      Pattern.compile("(?ms)^### Gate (\\S+)\\n(.*?)(?=^##|\\z)");

  private static final Pattern OF_GATE_IN_THE_TABLE =
      Pattern.compile("\\[([A-Z][A-Za-z]+)\\]\\(#gate-[a-z]+\\)");

  private static final Pattern OF_CONNECTION_IN_THE_TABLE =
      Pattern.compile("\\[([A-Z][A-Za-z]+)\\]\\(#connection-[a-z]+\\)");

  private final String page;
  private final Map<String, String> sections;
  private final Map<String, String> ofConnection;
  private final Map<String, String> ofDiscovery;
  private final Map<String, String> ofGate;

  TroubleshootingPageTest() throws IOException {
    page = Files.readString(PAGE);
    sections = sections(SECTION);
    ofConnection = sections(OF_CONNECTION);
    ofDiscovery = sections(OF_DISCOVERY);
    ofGate = sections(OF_GATE);
  }

  @Test
  void shouldHaveOneSectionForEachReasonAndNoOther() {
    assertEquals(reasons(), new TreeSet<>(sections.keySet()));
  }

  @Test
  void shouldListEachReasonInTheTable() {
    assertEquals(reasons(), listed(IN_THE_TABLE));
  }

  @Test
  void shouldHaveASectionAndARowForEachReasonOfAConnection() {
    assertEquals(reasonsOfConnection(), new TreeSet<>(ofConnection.keySet()));
    assertEquals(reasonsOfConnection(), listed(OF_CONNECTION_IN_THE_TABLE));
  }

  @Test
  void shouldHaveASectionAndARowForEachReasonOfADiscovery() {
    assertEquals(reasonsOfDiscovery(), new TreeSet<>(ofDiscovery.keySet()));
    assertEquals(reasonsOfDiscovery(), listed(OF_DISCOVERY_IN_THE_TABLE));
  }

  @Test
  void shouldHaveASectionAndARowForEachReasonOfAGate() {
    assertEquals(reasonsOfGate(), new TreeSet<>(ofGate.keySet()));
    assertEquals(reasonsOfGate(), listed(OF_GATE_IN_THE_TABLE));
  }

  @Test
  void shouldGiveSymptomCauseAndFixInThisOrder() {
    sections.forEach(TroubleshootingPageTest::assertParts);
    ofConnection.forEach(TroubleshootingPageTest::assertParts);
    ofDiscovery.forEach(TroubleshootingPageTest::assertParts);
    ofGate.forEach(TroubleshootingPageTest::assertParts);
  }

  private static void assertParts(String reason, String text) {
    List<String> starts =
        Arrays.stream(text.strip().split("\n\n"))
            .map(part -> PARTS.stream().filter(part::startsWith).findFirst().orElse(part))
            .toList();
    assertEquals(PARTS, starts, reason);
    assertTrue(text.contains(reason), () -> reason + " is not in its own symptom");
  }

  private Map<String, String> sections(Pattern title) {
    Map<String, String> found = new LinkedHashMap<>();
    Matcher section = title.matcher(page);
    while (section.find()) {
      found.put(section.group(1), section.group(2));
    }
    return found;
  }

  private Set<String> listed(Pattern link) {
    Set<String> listed = new TreeSet<>();
    page.lines()
        .filter(line -> line.startsWith("| ["))
        .forEach(
            line -> {
              Matcher word = link.matcher(line);
              while (word.find()) {
                listed.add(word.group(1));
              }
            });
    return listed;
  }

  private static Set<String> reasonsOfConnection() {
    Set<String> reasons = new TreeSet<>();
    for (ConnectionReason reason : ConnectionReason.values()) {
      reasons.add(reason.apiName());
    }
    return reasons;
  }

  private static Set<String> reasonsOfDiscovery() {
    Set<String> reasons = new TreeSet<>();
    for (DiscoveryReason reason : DiscoveryReason.values()) {
      reasons.add(reason.apiName());
    }
    return reasons;
  }

  private static Set<String> reasonsOfGate() {
    Set<String> reasons = new TreeSet<>();
    for (GateReason reason : GateReason.values()) {
      reasons.add(reason.apiName());
    }
    return reasons;
  }

  private static Set<String> reasons() {
    Set<String> reasons = new TreeSet<>();
    for (Reason reason : Reason.values()) {
      reasons.add(reason.apiName());
    }
    return reasons;
  }
}
