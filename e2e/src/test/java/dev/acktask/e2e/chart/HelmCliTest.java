package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart and the helm command of version 4, which gives the same objects as the library. */
class HelmCliTest {
  private static final Chart CHART = Chart.ours();

  private static HelmCli.Search search;

  private HelmCli helm;

  static List<Path> examples() {
    return CHART.examples();
  }

  @BeforeAll
  static void search() {
    search = HelmCli.search();
    if (search instanceof HelmCli.Search.Missing missing) {
      if (Settings.required()) {
        throw new IllegalStateException(
            "ACKTASK_E2E_REQUIRED is set, but there is no Helm 4: " + missing.reason());
      }
      System.out.println("[WARNING] TESTS OF HELM'S COMMAND SKIPPED: " + missing.reason());
    }
  }

  @BeforeEach
  void requireHelm() {
    if (search instanceof HelmCli.Search.Found found) {
      helm = found.helm();
    }
    assumeTrue(search instanceof HelmCli.Search.Found, search::toString);
  }

  @Test
  void shouldBeHelm4WhenTheseTestsRun() throws Exception {
    String version = helm.run("version", "--template={{.Version}}").orThrow();

    assertTrue(version.startsWith("v4."), version);
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
