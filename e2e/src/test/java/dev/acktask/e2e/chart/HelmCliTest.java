package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                "--no-hooks",
                "--values=" + example)
            .orThrow();

    assertEquals(
        withoutKeys(CHART.render(Files.readString(example))),
        withoutKeys(Rendered.of(byTheCommand)));
  }

  /** The certificate of a rehearsal is another one each time. */
  private static Map<String, Map<String, Object>> withoutKeys(Rendered rendered) {
    Map<String, Map<String, Object>> trees = rendered.trees();
    trees.values().stream()
        .filter(tree -> "kubernetes.io/tls".equals(tree.get("type")))
        .forEach(tree -> tree.put("data", ((Map<?, ?>) tree.get("data")).keySet()));
    return trees;
  }

  @Test
  void shouldNameTheMissingConnectionInTheNotesWhenThereIsNoRegion() throws Exception {
    // given
    String everywhere = notes();
    String inOneNamespace = notes("--set=watchNamespaces={a}");
    String withRegion = notes("--set=region=cn-hangzhou", "--set=rrsa.roleName=r");

    // then
    assertTrue(everywhere.contains("use the ClusterAckConnection named default"), everywhere);
    assertTrue(
        inOneNamespace.contains("connectionRef: {kind: AckConnection, name: NAME}"),
        inOneNamespace);
    assertTrue(withRegion.contains("tasks of cn-hangzhou"), withRegion);
    assertFalse(withRegion.contains("built-in"), withRegion);
  }

  /** The commands as a shell reads them: a mistake in quotes or commas gives another selector. */
  @Test
  void shouldInstallTheShardsOfTheDocumentation() throws Exception {
    // given
    String page = Files.readString(Settings.repository().resolve("docs/operations.md"));
    String section = page.substring(page.indexOf("## Shards"), page.indexOf("## Sizes"));
    Map<String, String> selectors = new TreeMap<>();

    // when
    for (String line : section.replace("\\\n", "").lines().toList()) {
      if (line.startsWith("helm install ")) {
        Rendered shard = Rendered.of(helm.run(template(line)).orThrow());
        EnvVar selector = shard.environment().get("ACKTASK_WATCH_LABEL_SELECTOR");
        EnvVar lease = shard.environment().get("ACKTASK_LEASE_NAME");
        selectors.put(lease.getValue(), selector.getValue());
      }
    }

    // then
    assertEquals(
        Map.of(
            "acktask-operator", "acktask.dev/shard!=a",
            "acktask-operator-a", "acktask.dev/shard=a"),
        selectors);
  }

  @Test
  void shouldInstallNoBuiltInConnectionByTheCommandsOfTheConnectionsPage() throws Exception {
    String page = Files.readString(Settings.repository().resolve("docs/connections.md"));
    List<String> installs =
        page.replace("\\\n", "").lines().filter(line -> line.startsWith("helm install ")).toList();

    assertEquals(2, installs.size(), page);
    for (String install : installs) {
      Rendered rendered = Rendered.of(helm.run(template(install)).orThrow());
      assertFalse(rendered.environment().containsKey("ACKTASK_DEFAULT_REGION"), install);
    }
  }

  /** An upgrade gets what the release that it upgrades has: an image and an identity. */
  @ParameterizedTest
  @MethodSource("pageCommands")
  void shouldRenderEachInstallAndUpgradeOfThePages(String command) throws Exception {
    Rendered rendered = Rendered.of(helm.run(template(command)).orThrow());

    assertFalse(rendered.all(Deployment.class).isEmpty(), command);
  }

  /** The commands of README.md and docs/*.md that install or upgrade the chart. */
  static List<String> pageCommands() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Settings.repository().resolve("README.md")));
    try (Stream<Path> docs = Files.list(Settings.repository().resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    Set<String> commands = new TreeSet<>();
    for (Path page : pages) {
      Files.readString(page)
          .replace("\\\n", "")
          .lines()
          .filter(line -> line.matches("helm (install|upgrade) .*"))
          .forEach(commands::add);
    }
    assertTrue(commands.size() > 8, commands::toString);
    return List.copyOf(commands);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/discovery.md"})
  void shouldLetTheOperatorCreateTasksByTheFirstCommandOfThePage(String name) throws Exception {
    String page = Files.readString(Settings.repository().resolve(name));
    String install =
        page.replace("\\\n", "")
            .lines()
            .filter(line -> line.startsWith("helm install "))
            .findFirst()
            .orElseThrow();

    Rendered rendered =
        Rendered.of(helm.run(template(install.replaceFirst(" +#.*", ""))).orThrow());

    assertTrue(
        OperatorRights.rules(rendered).stream()
            .map(OperatorRights::text)
            .anyMatch("create patch acktask.dev/acktasks"::equals),
        install);
  }

  @Test
  void shouldRehearseByTheInstallCommandsOfTheRehearsalPage() throws Exception {
    String page = Files.readString(Settings.repository().resolve("docs/rehearsal.md"));
    List<String> installs =
        page.replace("\\\n", "").lines().filter(line -> line.startsWith("helm install ")).toList();

    assertEquals(2, installs.size(), page);
    for (String install : installs) {
      Rendered rendered = Rendered.of(helm.run(template(install)).orThrow());
      String image = rendered.deployment("simulator").toString();
      assertTrue(image.contains("acktask/acktask-simulator:0.1.0"), image);
    }
  }

  /** Helm creates a hook after the release, in order of its weight, and waits for a job. */
  @Test
  void shouldHoldTheObjectsOfARehearsalBackUntilTheSimulatorAnswers() throws Exception {
    // given
    String[] command = {
      "template",
      "acktask-operator",
      chart(),
      "--namespace=acktask-system",
      "--kube-version=" + Chart.KUBERNETES,
      "--show-only=templates/rehearsal.yaml",
      "--values=" + CHART.example("rehearsal")
    };

    // when
    Rendered rendered = Rendered.of(helm.run(command).orThrow());
    Map<String, String> weights = new TreeMap<>();
    for (HasMetadata object : rendered.objects()) {
      Map<String, String> annotations = object.getMetadata().getAnnotations();
      assertEquals("post-install,post-upgrade", annotations.get("helm.sh/hook"));
      weights.put(
          object.getKind() + "/" + object.getMetadata().getName(),
          annotations.get("helm.sh/hook-weight"));
    }

    // then
    assertEquals(
        Map.of(
            "Job/acktask-operator-simulator-await", "0",
            "AckTaskDiscovery/rehearsal", "1",
            "AckTaskGate/cluster-upgraded", "1",
            "AckTaskGate/node-pools-upgraded", "1"),
        weights);
    PodSpec pod = rendered.one(Job.class).getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().get(0);
    assertEquals(
        List.of("await", "acktask-operator-simulator.acktask-system.svc:443"), container.getArgs());
    assertFalse(pod.getAutomountServiceAccountToken());
    assertTrue(pod.getSecurityContext().getRunAsNonRoot());
    assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
    assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
    assertEquals(List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
  }

  @Test
  void shouldSayLoudlyThatARehearsalIsInvented() throws Exception {
    String notes = notes("--set=simulator.enabled=true");

    assertTrue(notes.contains("REHEARSAL: the cloud is SIMULATED"), notes);
    assertTrue(notes.contains("kubectl get acktasks -n default"), notes);
    assertFalse(notes().contains("REHEARSAL"));
  }

  @Test
  void shouldRenderTheDiscoveriesOnceTheApiServerServesTheKind() throws Exception {
    String[] command = {
      "template",
      "acktask-operator",
      chart(),
      "--namespace=acktask-system",
      "--kube-version=" + Chart.KUBERNETES,
      "--values=" + CHART.example("discovery"),
      "--set=crds.enabled=true"
    };
    String served = "--api-versions=acktask.dev/v1alpha1/AckTaskDiscovery";

    String first = helm.run(command).orThrow();
    String second =
        helm.run(Stream.concat(Stream.of(command), Stream.of(served)).toArray(String[]::new))
            .orThrow();

    assertFalse(first.contains("kind: AckTaskDiscovery\nmetadata"), first);
    assertTrue(second.contains("kind: AckTaskDiscovery\nmetadata"), second);
  }

  @Test
  void shouldNameTheNextStepInTheNotesWhenTheFirstInstallHasDiscoveries() throws Exception {
    String notes = notes("--values=" + CHART.example("discovery"), "--set=crds.enabled=true");

    assertTrue(notes.contains("helm upgrade acktask-operator CHART"), notes);
    assertFalse(notes("--values=" + CHART.example("discovery")).contains("CHART"));
  }

  /** What Helm prints after the installation. */
  private String notes(String... values) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "install",
                "acktask-operator",
                chart(),
                "--dry-run=client",
                "--set=image.repository=registry.example.com/acktask-operator"));
    command.addAll(List.of(values));
    String output = helm.run(command.toArray(String[]::new)).orThrow();
    return output.substring(output.indexOf("NOTES:"));
  }

  private static String[] template(String command) {
    return Stream.concat(
            command.startsWith("helm upgrade ")
                ? Stream.of(
                    "template",
                    "--kube-version=" + Chart.KUBERNETES,
                    "--set=region=cn-hangzhou",
                    "--set=rrsa.roleName=acktask-operator",
                    "--set=image.repository=registry.example.com/acktask-operator")
                : Stream.of("template", "--kube-version=" + Chart.KUBERNETES),
            Pattern.compile("'([^']*)'|[^ ']+")
                .matcher(command.replaceFirst("helm (install|upgrade) ", ""))
                .results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1))
                .filter(word -> !word.equals("--create-namespace"))
                .filter(word -> !word.equals("--reset-then-reuse-values"))
                .map(word -> word.equals("./helm/acktask-operator") ? chart() : word))
        .toArray(String[]::new);
  }

  private static String chart() {
    return CHART.folder().toString();
  }
}
