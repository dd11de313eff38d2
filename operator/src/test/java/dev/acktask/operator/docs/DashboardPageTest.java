package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alerts.Dashboard;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/dashboard.md} describes each panel, and the links of the dashboard lead somewhere.
 */
final class DashboardPageTest {
  private static final Path DOCS = Path.of("../docs");
  private static final String DOCS_URL =
      "https://github.com/acktask/acktask-operator/blob/main/docs/";
  private static final Pattern ROW = Pattern.compile("\\| ([^|]*) ?\\| ([^|]+) \\| [^|]+ \\|");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?<![a-z.])(?:span\\.)?((?!resource|span)[a-z0-9_.]+\\.name)=");

  private final Dashboard dashboard = Dashboard.read();

  DashboardPageTest() throws IOException {}

  @Test
  void shouldHaveTheQuestionOfEachPanel() throws IOException {
    assertEquals(dashboard.titles(), documented());
  }

  @Test
  void shouldLinkToHeadingsThatExist() throws IOException {
    List<String> documentation =
        dashboard.links().stream().filter(url -> url.startsWith("https:")).toList();
    assertTrue(documentation.size() > 10, documentation::toString);
    for (String url : documentation) {
      // the chart replaces this beginning by docsUrl
      assertTrue(url.startsWith(DOCS_URL), url);
      String[] parts = url.substring(DOCS_URL.length()).split("#", 2);
      Path page = DOCS.resolve(parts[0]);
      assertTrue(Files.exists(page), url);
      assertTrue(parts.length == 1 || Markdown.read(page).anchors().contains(parts[1]), url);
    }
  }

  @Test
  void shouldStayInItselfOrLeadToATraceOtherwise() {
    List<String> pages =
        dashboard.links().stream().filter(url -> !url.startsWith("https:")).toList();
    assertTrue(
        pages.stream()
            .allMatch(url -> url.matches("/d/acktask-operator\\?.+|/explore\\?schemaVersion=1.+")),
        pages::toString);
  }

  @Test
  void shouldSearchATraceByTheAttributesThatItHas() throws IOException {
    String tracing = Files.readString(DOCS.resolve("tracing.md"));
    List<String> traces =
        dashboard.links().stream().filter(url -> url.startsWith("/explore")).toList();
    assertEquals(2, traces.size());
    for (String url : traces) {
      String query = URLDecoder.decode(url, StandardCharsets.UTF_8);
      List<String> attributes = new ArrayList<>();
      Matcher attribute = ATTRIBUTE.matcher(query);
      while (attribute.find()) {
        attributes.add(attribute.group(1));
      }
      assertEquals(List.of("k8s.namespace.name", "acktask.name"), attributes, query);
      attributes.forEach(name -> assertTrue(tracing.contains("`" + name + "`"), name));
    }
  }

  /** The panels by row, as the table of the page has them. */
  private static Map<String, List<String>> documented() throws IOException {
    String page = Files.readString(DOCS.resolve("dashboard.md"));
    Map<String, List<String>> rows = new LinkedHashMap<>();
    List<String> ofRow = new ArrayList<>();
    boolean isIn = false;
    for (String line : page.lines().toList()) {
      isIn = line.startsWith("|") && (isIn || line.equals("| row | panel | answers |"));
      Matcher row = ROW.matcher(line);
      if (isIn && row.matches() && !row.group(1).strip().equals("row")) {
        if (!row.group(1).isBlank()) {
          ofRow = rows.computeIfAbsent(row.group(1).strip(), none -> new ArrayList<>());
        }
        ofRow.add(row.group(2));
      }
    }
    return rows;
  }
}
