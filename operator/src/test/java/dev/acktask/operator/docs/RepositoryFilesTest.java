package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What GitHub and Artifact Hub read: forms for issues, the security policy, the chart's metadata.
 */
final class RepositoryFilesTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path FORMS = Pages.ROOT.resolve(".github/ISSUE_TEMPLATE");
  private static final Path CHART = Pages.ROOT.resolve("helm/acktask-operator/Chart.yaml");
  private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[a-z]{2,}");
  private static final Pattern FILE_URL =
      Pattern.compile("https://github\\.com/acktask/acktask-operator/blob/main/([\\w./-]+)");
  private static final Set<String> FIELDS =
      Set.of("markdown", "input", "textarea", "dropdown", "checkboxes");

  @Test
  void shouldHaveFormsThatGitHubAccepts() throws IOException {
    for (Path file : forms()) {
      JsonNode form = YAML.readTree(file.toFile());
      Set<String> ids = new HashSet<>();

      assertFalse(form.path("name").asText().isEmpty(), file::toString);
      assertFalse(form.path("description").asText().isEmpty(), file::toString);
      for (JsonNode field : form.get("body")) {
        String type = field.get("type").asText();
        assertTrue(FIELDS.contains(type), type);
        assertTrue(type.equals("markdown") || ids.add(field.get("id").asText()), field::toString);
        assertTrue(
            type.equals("markdown") || !field.at("/attributes/label").asText().isEmpty(),
            field::toString);
      }
    }
  }

  /** Issues are public, and a form that asks for a status asks for texts of a cloud. */
  @Test
  void shouldWarnOfSecretsWhereAFormAsksForOutput() throws IOException {
    for (Path file : forms()) {
      String form = Files.readString(file);

      boolean warns =
          form.contains("Remove access keys") && form.contains("security/advisories/new");
      assertTrue(warns || !form.contains("render:"), file::toString);
    }
  }

  @Test
  void shouldPublishNoAddressOfAPerson() throws IOException {
    List<Path> files = new ArrayList<>(forms());
    files.add(CHART);
    files.add(Pages.ROOT.resolve("artifacthub-repo.yml"));
    files.add(Pages.ROOT.resolve("SECURITY.md"));
    files.add(Pages.ROOT.resolve(".github/PULL_REQUEST_TEMPLATE.md"));
    for (Path file : files) {
      assertFalse(ADDRESS.matcher(Files.readString(file)).find(), file::toString);
    }
  }

  @Test
  void shouldLinkToFilesOfThisRepository() throws IOException {
    List<Path> files = new ArrayList<>(forms());
    files.add(CHART);
    files.add(FORMS.resolve("config.yml"));
    int links = 0;
    for (Path file : files) {
      for (var link : FILE_URL.matcher(Files.readString(file)).results().toList()) {
        assertTrue(Files.exists(Pages.ROOT.resolve(link.group(1))), link::group);
        links++;
      }
    }
    assertTrue(links >= 4, () -> links(files));
  }

  @Test
  void shouldDescribeEachKindToArtifactHub() throws IOException {
    // given
    Set<String> described = new HashSet<>();
    annotation("artifacthub.io/crds").forEach(crd -> described.add(crd.get("name").asText()));

    // when
    Set<String> crds = new HashSet<>();
    try (Stream<Path> files = Files.list(Pages.ROOT.resolve("crds"))) {
      files.forEach(file -> crds.add(file.getFileName().toString().replace(".yaml", "")));
    }

    // then
    assertEquals(crds, described);
  }

  @Test
  void shouldLinkToHttpsFromArtifactHub() throws IOException {
    for (JsonNode link : annotation("artifacthub.io/links")) {
      assertTrue(link.get("url").asText().startsWith("https://"), link::toString);
    }
  }

  private static JsonNode annotation(String name) throws IOException {
    return YAML.readTree(YAML.readTree(CHART.toFile()).at("/annotations").get(name).asText());
  }

  private static String links(List<Path> files) {
    return "few links in " + files;
  }

  private static List<Path> forms() throws IOException {
    try (Stream<Path> files = Files.list(FORMS)) {
      return files.filter(file -> !file.endsWith("config.yml")).sorted().toList();
    }
  }
}
