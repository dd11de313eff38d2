package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  private final String page;
  private final Map<String, String> sections = new LinkedHashMap<>();

  TroubleshootingPageTest() throws IOException {
    page = Files.readString(PAGE);
    Matcher section = SECTION.matcher(page);
    while (section.find()) {
      sections.put(section.group(1), section.group(2));
    }
  }

  @Test
  void shouldHaveOneSectionForEachReasonAndNoOther() {
    assertEquals(reasons(), new TreeSet<>(sections.keySet()));
  }

  @Test
  void shouldListEachReasonInTheTable() {
    Set<String> listed = new TreeSet<>();
    page.lines()
        .filter(line -> line.startsWith("| ["))
        .forEach(
            line -> {
              Matcher word = IN_THE_TABLE.matcher(line);
              while (word.find()) {
                listed.add(word.group(1));
              }
            });
    assertEquals(reasons(), listed);
  }

  @Test
  void shouldGiveSymptomCauseAndFixInThisOrder() {
    sections.forEach(
        (reason, text) -> {
          List<String> starts =
              Arrays.stream(text.strip().split("\n\n"))
                  .map(part -> PARTS.stream().filter(part::startsWith).findFirst().orElse(part))
                  .toList();
          assertEquals(PARTS, starts, reason);
          assertTrue(text.contains(reason), () -> reason + " is not in its own symptom");
        });
  }

  private static Set<String> reasons() {
    Set<String> reasons = new TreeSet<>();
    for (Reason reason : Reason.values()) {
      reasons.add(reason.apiName());
    }
    return reasons;
  }
}
