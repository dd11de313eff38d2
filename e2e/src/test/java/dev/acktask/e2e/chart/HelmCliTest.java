package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.acktask.e2e.cluster.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Helm as people type it, where it is installed: content with the chart, and of one mind with the
 * library.
 */
class HelmCliTest {
  private static final Chart CHART = Chart.ours();

  private static final String SKIPPED =
      "HELM'S COMMAND NOT TRIED, there is no helm on the PATH; Helm as a library is tried all the same";

  private static Optional<HelmCli> found;

  private HelmCli helm;

  static List<Path> examples() {
    return CHART.examples();
  }

  @BeforeAll
  static void find() {
    found = HelmCli.find();
    if (found.isEmpty()) {
      System.out.println("[WARNING] " + SKIPPED);
    }
  }

  @BeforeEach
  void require() {
    assumeTrue(found.isPresent(), SKIPPED);
    helm = found.orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldLintWithoutAWarningWhenTheValuesAreAnExample(Path example) throws Exception {
    CommandResult lint =
        helm.run(
            "lint",
            CHART.folder().toString(),
            "--strict",
            "--kube-version=" + Chart.KUBERNETES,
            "--values=" + example);

    assertEquals(0, lint.exitCode(), lint::toString);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldRenderWhatTheLibraryRendersWhenTheValuesAreAnExample(Path example) throws Exception {
    String byTheCommand =
        helm.run(
                "template",
                "acktask-operator",
                CHART.folder().toString(),
                "--namespace=acktask-system",
                "--kube-version=" + Chart.KUBERNETES,
                "--values=" + example)
            .orThrow();

    assertEquals(
        CHART.render(Files.readString(example)).trees(), Rendered.of(byTheCommand).trees());
  }
}
