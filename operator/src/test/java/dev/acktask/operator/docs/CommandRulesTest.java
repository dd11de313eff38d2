package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mistakes that a reader who follows a page from its top would run into. */
final class CommandRulesTest {
  private static final Pattern JAR = Pattern.compile("java .*-jar \\w+/target/");
  private static final Pattern BUILD = Pattern.compile("(?:^|\\s)mvn .*\\b(?:package|verify)\\b");
  private static final String CHANGELOG = "CHANGELOG.md";

  @Test
  void shouldBuildBeforeAJarOfThisRepositoryIsRun() throws IOException {
    List<String> tooEarly = new ArrayList<>();
    for (Path page : Pages.all()) {
      boolean isBuilt = false;
      for (ShellCommand command : ShellCommand.read(page)) {
        isBuilt |= BUILD.matcher(command.text()).find();
        if (!isBuilt && JAR.matcher(command.text()).find()) {
          tooEarly.add(Pages.name(page) + ":" + command.line());
        }
      }
    }

    assertEquals(List.of(), tooEarly);
  }

  /** Without --server-side kubectl copies each CRD into an annotation and takes it from Helm. */
  @Test
  void shouldApplyCrdsOnTheServerOnly() throws IOException {
    assertEquals(List.of(), texts(text -> text.contains("kubectl apply -f crds")));
  }

  @Test
  void shouldStateTheOldestKubernetesVersionOfTheChart() throws IOException {
    Path chart = Pages.ROOT.resolve("helm/acktask-operator/Chart.yaml");
    String oldest =
        new YAMLMapper()
            .readTree(chart.toFile())
            .get("kubeVersion")
            .asText()
            .replaceAll(">=(1\\.\\d+)\\..*", "$1");

    for (String page :
        List.of(
            "README.md",
            "docs/install.md",
            "docs/operations.md",
            "docs/upgrade.md",
            "helm/acktask-operator/README.md")) {
      assertTrue(
          Files.readString(Pages.ROOT.resolve(page)).contains(oldest + " or newer"),
          page + " does not state " + oldest);
    }
  }

  @Test
  void shouldStateTheTimeOfTheBuildWhereItStatesThatOfTheDemo() throws IOException {
    assertEquals(
        List.of(),
        texts(
            text ->
                text.contains("./demo.sh")
                    && text.contains("half a minute")
                    && !text.contains("few minutes")));
  }

  /** Old versions of the webhook read the label of the Namespace only. */
  @Test
  void shouldStateWhereTheLabelOfRrsaBelongs() throws IOException {
    assertEquals(
        List.of(),
        texts(
            text ->
                text.contains("pod-identity.alibabacloud.com/injection")
                    && !(text.contains("0.2.0") && text.contains("Namespace"))));
  }

  /** The pages and the messages of the operator that {@code isWrong} accepts. */
  private static List<String> texts(Predicate<String> isWrong) throws IOException {
    List<Path> files = new ArrayList<>(Pages.all());
    files.removeIf(page -> Pages.name(page).equals(CHANGELOG));
    files.add(Pages.ROOT.resolve("demo.sh"));
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      sources.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
    }
    List<String> wrong = new ArrayList<>();
    for (Path file : files) {
      if (isWrong.test(Files.readString(file).replaceAll("\\s+", " "))) {
        wrong.add(file.toString());
      }
    }
    return wrong;
  }
}
