package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.Settings;
import dev.acktask.simulator.script.ScriptFiles;
import dev.acktask.simulator.script.TaskScript;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart with a simulated cloud. */
class RehearsalChartTest {
  private static final Chart CHART = Chart.ours();
  private static final String IMAGE =
      "image: {repository: registry.example.com/acktask/acktask-operator}";
  private static final String REHEARSAL = "{simulator: {enabled: true}, " + IMAGE + "}";
  private static final String HOST = "acktask-operator-simulator.acktask-system.svc";

  @TempDir private Path folder;

  private static String with(String more) {
    return "{simulator: {enabled: true}, " + IMAGE + ", " + more + "}";
  }

  @Test
  void shouldAddTheSimulatorToTheReleaseOnlyWhenItIsEnabled() {
    List<String> added =
        Stream.of(
                "ConfigMap/acktask-operator-simulator",
                "Deployment/acktask-operator-simulator",
                "NetworkPolicy/acktask-operator-simulator",
                "NetworkPolicy/acktask-operator-simulator-await",
                "Secret/acktask-operator-simulator-tls",
                "Service/acktask-operator-simulator",
                "ServiceAccount/acktask-operator-simulator")
            .toList();

    assertTrue(CHART.render(REHEARSAL).names().containsAll(added));
    assertFalse(CHART.render(Chart.LEAST).text().contains("simulator"));
  }

  @Test
  void shouldAskTheSimulatorAndNoOtherCloud() {
    // when
    Map<String, EnvVar> environment = CHART.render(REHEARSAL).environment();

    // then
    for (String name :
        List.of("ENDPOINT_PUBLIC", "ENDPOINT_VPC", "STS_ENDPOINT_PUBLIC", "STS_ENDPOINT_VPC")) {
      assertEquals("https://" + HOST, environment.get("ACKTASK_" + name).getValue());
    }
    assertEquals("rehearsal", environment.get("ACKTASK_DEFAULT_REGION").getValue());
    assertEquals("VPC", environment.get("ACKTASK_DEFAULT_NETWORK").getValue());
    assertEquals("false", environment.get("ACKTASK_ALLOW_PLAINTEXT_ENDPOINT").getValue());
    assertEquals("/etc/acktask/ca/ca.crt", environment.get("ACKTASK_CA_BUNDLE").getValue());
    assertEquals("simulatorAccessKeyId", environment.get("ALIBABA_CLOUD_ACCESS_KEY_ID").getValue());
  }

  /** An operator that watched all namespaces would report real tasks as unknown to the cloud. */
  @Test
  void shouldWatchItsOwnNamespaceOnly() {
    Rendered rendered = CHART.render(REHEARSAL);

    assertEquals(
        "acktask-system", rendered.environment().get("ACKTASK_WATCH_NAMESPACES").getValue());
    assertEquals(List.of(), rendered.all(ClusterRoleBinding.class));
    assertEquals(Set.of("acktask-system: acktask-operator"), OperatorRights.of(rendered).keySet());
  }

  @Test
  void shouldGiveThePodsOfTheSimulatorNoRightAndNoWayOut() {
    // when
    Rendered rendered = CHART.render(REHEARSAL);
    PodSpec pod = rendered.deployment("simulator").getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().get(0);

    // then
    assertTrue(pod.getSecurityContext().getRunAsNonRoot());
    assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
    assertFalse(pod.getAutomountServiceAccountToken());
    assertFalse(pod.getEnableServiceLinks());
    assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
    assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
    assertEquals(List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
    assertTrue(container.getResources().getLimits().containsKey("memory"));
    assertFalse(
        named(rendered.all(ServiceAccount.class), "acktask-operator-simulator")
            .getAutomountServiceAccountToken());
    NetworkPolicy policy = named(rendered.all(NetworkPolicy.class), "acktask-operator-simulator");
    assertEquals(List.of("Ingress", "Egress"), policy.getSpec().getPolicyTypes());
    assertEquals(List.of(), policy.getSpec().getEgress());
  }

  @Test
  void shouldSelectOnlyItsOwnPodsWhenTwoDeploymentsAreThere() {
    // given
    Rendered rendered = CHART.render(REHEARSAL);

    // when
    for (Service service : rendered.all(Service.class)) {
      List<String> selected =
          rendered.all(Deployment.class).stream()
              .filter(deployment -> selects(service, deployment))
              .map(deployment -> deployment.getMetadata().getName())
              .toList();

      // then
      assertEquals(List.of(service.getMetadata().getName()), selected);
    }
  }

  @Test
  void shouldIssueACertificateByAnAuthorityThatTheOperatorTrusts() throws Exception {
    // given
    Rendered rendered = CHART.render(REHEARSAL);
    Map<String, String> data = rendered.one(Secret.class).getData();

    // when
    X509Certificate certificate = certificate(data.get("tls.crt"));
    X509Certificate authority = certificate(data.get("ca.crt"));

    // then
    certificate.verify(authority.getPublicKey());
    assertTrue(
        certificate.getSubjectAlternativeNames().stream()
            .anyMatch(name -> name.get(1).equals(HOST)),
        certificate::toString);
    assertTrue(rendered.pod().getSpec().getVolumes().stream().anyMatch(this::isTheAuthority));
    assertNotEquals(data, CHART.render(REHEARSAL).one(Secret.class).getData());
  }

  private boolean isTheAuthority(io.fabric8.kubernetes.api.model.Volume volume) {
    return volume.getName().equals("ca")
        && volume.getSecret().getSecretName().equals("acktask-operator-simulator-tls")
        && volume.getSecret().getItems().size() == 1
        && volume.getSecret().getItems().get(0).getKey().equals("ca.crt");
  }

  @Test
  void shouldPlayFiveTasksThatEndDifferently() throws IOException {
    Map<String, String> ends =
        scripts(CHART.render(REHEARSAL)).stream()
            .collect(Collectors.toMap(TaskScript::taskType, TaskScript::lastState));

    assertEquals(
        new TreeMap<>(
            Map.of(
                "cluster_upgrade", "success",
                "nodepool_upgrade", "failed",
                "nodepool_node_kubelet_config_rollout", "canceled",
                "nodepool_scaleout", "success",
                "nodepool_repair", "success")),
        new TreeMap<>(ends));
  }

  @Test
  void shouldPlayTheReadyScriptsOfTheSimulator() throws IOException {
    Path ready = Settings.repository().resolve("simulator/scripts");
    int same = 0;
    for (String file : scriptFiles()) {
      if (Files.exists(ready.resolve(file))) {
        same++;
        assertEquals(
            Files.readString(ready.resolve(file)),
            CHART.read("files/rehearsal/" + file),
            "fix it: cp simulator/scripts/" + file + " helm/acktask-operator/files/rehearsal/");
      }
    }
    assertEquals(4, same);
  }

  @Test
  void shouldPlayTheTasksOfTheValuesInsteadWhenThereAreSome() throws IOException {
    // given
    String page = Files.readString(Settings.repository().resolve("docs/rehearsal.md"));
    int start = page.indexOf("```yaml\nsimulator:\n") + "```yaml\n".length();
    String values = page.substring(start, page.indexOf("```", start));

    // when
    Rendered rendered = CHART.render(values + "\n" + IMAGE + "\n");

    // then
    assertEquals(
        List.of("T-000000000000000000000a08"),
        scripts(rendered).stream().map(TaskScript::taskId).toList());
    assertNotEquals(checksum(CHART.render(REHEARSAL)), checksum(rendered));
    assertEquals(checksum(CHART.render(REHEARSAL)), checksum(CHART.render(REHEARSAL)));
  }

  @Test
  void shouldUseTheImageBesideThatOfTheOperator() {
    assertEquals(
        "registry.example.com/acktask/acktask-simulator:0.1.0", image(CHART.render(REHEARSAL)));
    assertEquals(
        "r.example.com/s@sha256:" + "0".repeat(64),
        image(
            CHART.render(
                "{simulator: {enabled: true, image: {repository: r.example.com/s, digest: 'sha256:"
                    + "0".repeat(64)
                    + "'}}, "
                    + IMAGE
                    + "}")));
    assertEquals(
        "acktask-simulator:dev",
        image(
            CHART.render(
                "{simulator: {enabled: true}, image: {repository: acktask-operator, tag: dev}}")));
  }

  /** A rehearsal and a real cloud are never mixed by mistake. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "region: cn-hangzhou",
        "network: VPC",
        "watchLabelSelector: a=b",
        "rrsa: {roleName: acktask-operator}",
        "credentials: {existingSecret: acktask-credentials}",
        "connections: {cluster: true}",
        "connections: {secrets: {own: [shared-account]}}",
        "connections: {secrets: {namespaces: [team-a]}}",
        "connections: {secrets: {allNamespaces: true}}",
        "caBundle: {pem: '-----BEGIN CERTIFICATE-----'}",
        "caBundle: {configMap: {name: company-ca}}",
        "caBundle: {secret: {name: company-ca}}",
        "config: {endpointPublic: 'https://cs.example.com'}",
        "config: {endpointVpc: 'https://cs.example.com'}",
        "config: {stsEndpointPublic: 'https://sts.example.com'}",
        "config: {stsEndpointVpc: 'https://sts.example.com'}",
        "config: {allowPlaintextEndpoint: true}",
        "proxy: {https: 'http://proxy.example.com:3128'}",
        "proxy: {existingSecret: proxy}",
        "serviceAccount: {annotations: {pod-identity.alibabacloud.com/role-name: r}}",
        "extraEnv: [{name: ALIBABA_CLOUD_ROLE_ARN, value: x}]",
        "extraEnv: [{name: ACKTASK_ENDPOINT_VPC, value: x}]",
        "extraEnv: [{name: HTTPS_PROXY, value: x}]",
        "extraEnvFrom: [{secretRef: {name: more}}]"
      })
  void shouldBeRefusedByTheSchemaBesideASettingOfARealCloud(String setting) {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> CHART.render(with(setting)));

    assertTrue(refused.getMessage().contains("schema"), refused::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config: {defaultPollInterval: 5s}",
        "extraEnv: [{name: ACKTASK_LOG_LEVEL, value: debug}]",
        "connections: {enabled: false}",
        "watchNamespaces: [acktask-system]",
        "replicaCount: 2"
      })
  void shouldBeAcceptedBesideAnotherSetting(String setting) {
    assertTrue(CHART.render(with(setting)).names().contains("Service/acktask-operator-simulator"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "speed: 0",
        "speed: fast",
        "script: {}",
        "scripts: {Name: {taskId: T-1, clusterId: c1, taskType: t, timeline: []}}",
        "scripts: {name: {taskId: T-1}}",
        "image: {digest: latest}"
      })
  void shouldBeRefusedByTheSchemaWhenAValueOfTheSimulatorIsWrong(String value) {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> CHART.render("{simulator: {enabled: true, " + value + "}, " + IMAGE + "}"));

    assertTrue(refused.getMessage().contains("schema"), refused::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[team-a]", "[acktask-system, team-a]"})
  void shouldNameTheFixWhenARehearsalWatchesOtherNamespaces(String namespaces) {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> CHART.render(with("watchNamespaces: " + namespaces)));

    assertTrue(refused.getMessage().contains("leave watchNamespaces out"), refused::getMessage);
  }

  private List<TaskScript> scripts(Rendered rendered) throws IOException {
    for (Map.Entry<String, String> file : scriptData(rendered).entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    return ScriptFiles.load(List.of(folder));
  }

  private static Map<String, String> scriptData(Rendered rendered) {
    return rendered.one(ConfigMap.class).getData();
  }

  private static List<String> scriptFiles() throws IOException {
    try (Stream<Path> files = Files.list(CHART.folder().resolve("files/rehearsal"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String image(Rendered rendered) {
    return rendered
        .deployment("simulator")
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getImage();
  }

  private static String checksum(Rendered rendered) {
    return rendered
        .deployment("simulator")
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getAnnotations()
        .get("checksum/scripts");
  }

  private static boolean selects(Service service, Deployment deployment) {
    return deployment
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getLabels()
        .entrySet()
        .containsAll(service.getSpec().getSelector().entrySet());
  }

  private static X509Certificate certificate(String encoded) throws Exception {
    byte[] pem = Base64.getDecoder().decode(encoded);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }

  private static <T extends io.fabric8.kubernetes.api.model.HasMetadata> T named(
      List<T> objects, String name) {
    return objects.stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }
}
