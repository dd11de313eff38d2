package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMetricsEndpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleSpec;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart renders, value by value. */
class ChartTest {
  private static final Path CRD = Path.of("crds/acktasks.acktask.dev.yaml");
  private static final Chart CHART = Chart.ours();
  private static final String ON_ACK =
      "{region: cn-hangzhou, rrsa: {roleName: acktask}, " + Chart.IMAGE + "}";

  static List<Path> examples() {
    return CHART.examples();
  }

  @Test
  void shouldInstallTheNecessaryAndNothingElseWhenThreeValuesAreSet() {
    assertEquals(
        List.of(
            "ClusterRole/acktask-operator",
            "ClusterRole/acktask-operator-edit",
            "ClusterRole/acktask-operator-view",
            "ClusterRoleBinding/acktask-operator",
            "CustomResourceDefinition/acktasks.acktask.dev",
            "Deployment/acktask-operator",
            "NetworkPolicy/acktask-operator",
            "Role/acktask-operator-leader",
            "RoleBinding/acktask-operator-leader",
            "Service/acktask-operator",
            "ServiceAccount/acktask-operator",
            "ValidatingAdmissionPolicy/acktask-operator-metadata",
            "ValidatingAdmissionPolicyBinding/acktask-operator-metadata"),
        CHART.render(ON_ACK).names());
  }

  @ParameterizedTest
  @CsvSource({"auto, 1", "true, 1", "'\"true\"', 1", "false, 0", "'\"false\"', 0"})
  void shouldInstallTheAdmissionPolicyAsTheValueSays(String value, int policies) {
    Rendered rendered = CHART.render(with("admissionPolicy: {enabled: " + value + "}"));

    assertEquals(policies, rendered.all(ValidatingAdmissionPolicy.class).size());
    assertEquals(policies, rendered.all(ValidatingAdmissionPolicyBinding.class).size());
  }

  @Test
  void shouldBoundTheMetadataByTheValuesWhenTheyAreSet() {
    String text =
        CHART
            .render(with("admissionPolicy: {maxAnnotationBytes: 50000, maxMetadataEntries: 77}"))
            .text();

    assertTrue(text.contains("variables.annotationBytes <= 50000"), text);
    assertTrue(text.contains("variables.entries <= 77"), text);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldLabelEverythingAndSayWhereItGoes(Path example) throws IOException {
    Rendered rendered =
        CHART.render(Files.readString(example) + "\n# more\ncommonLabels: {team: platform}\n");

    for (HasMetadata object : rendered.objects()) {
      String said = object.getKind() + " " + object.getMetadata().getName();
      if (!object.getMetadata().getName().endsWith("-more")) {
        assertEquals("platform", object.getMetadata().getLabels().get("team"), said);
        assertEquals(
            "Helm", object.getMetadata().getLabels().get("app.kubernetes.io/managed-by"), said);
      }
      boolean isOfTheCluster =
          object instanceof ClusterRole
              || object instanceof ClusterRoleBinding
              || object instanceof CustomResourceDefinition
              || object instanceof ValidatingAdmissionPolicy
              || object instanceof ValidatingAdmissionPolicyBinding;
      assertEquals(isOfTheCluster, object.getMetadata().getNamespace() == null, said);
    }
  }

  @Test
  void shouldCarryTheCrdOfTheRepository() throws IOException {
    assertEquals(
        Files.readString(Settings.repository().resolve(CRD)),
        CHART.read("files/" + CRD),
        "fix it: cp crds/*.yaml helm/acktask-operator/files/crds/");
    CustomResourceDefinition shipped =
        Serialization.unmarshal(CHART.read("files/" + CRD), CustomResourceDefinition.class);
    CustomResourceDefinition rendered =
        CHART.render(Chart.LEAST).one(CustomResourceDefinition.class);
    assertEquals(shipped.getSpec(), rendered.getSpec());
  }

  @Test
  void shouldKeepTheCrdUnlessToldOtherwise() {
    String policy = "helm.sh/resource-policy";
    Rendered kept = CHART.render(Chart.LEAST);
    Rendered removed = CHART.render(with("crds: {keep: false}"));
    Rendered without = CHART.render(with("crds: {enabled: false}"));

    CustomResourceDefinition crd = kept.one(CustomResourceDefinition.class);
    assertEquals("keep", crd.getMetadata().getAnnotations().get(policy));
    crd = removed.one(CustomResourceDefinition.class);
    assertFalse(crd.getMetadata().getAnnotations().containsKey(policy));
    assertEquals(List.of(), without.all(CustomResourceDefinition.class));
  }

  @Test
  void shouldAskForTheRoleWithAQuotedOnWhenOnAck() {
    Rendered rendered = CHART.render(ON_ACK);

    assertEquals(
        Map.of("pod-identity.alibabacloud.com/role-name", "acktask"),
        rendered.one(ServiceAccount.class).getMetadata().getAnnotations());
    String label = "pod-identity.alibabacloud.com/injection";
    assertEquals("on", pod(rendered).getMetadata().getLabels().get(label));
    assertTrue(rendered.text().contains(label + ": \"on\""), "a bare on is the truth value");
    assertTrue(environment(rendered).keySet().stream().noneMatch(n -> n.startsWith("ALIBABA")));
  }

  @Test
  void shouldMountTheSecretWithTheKeyWhenThereIsOne() {
    Rendered rendered = CHART.render(Chart.LEAST);

    assertTrue(environment(rendered).keySet().stream().noneMatch(n -> n.startsWith("ALIBABA")));
    assertEquals(
        "/etc/acktask/credentials",
        environment(rendered).get("ACKTASK_CREDENTIALS_DIR").getValue());
    VolumeMount mount = mount(rendered, "/etc/acktask/credentials");
    assertTrue(mount.getReadOnly());
    assertNull(mount.getSubPath(), "a subPath is never updated");
    assertEquals(
        "acktask-credentials", volume(rendered, mount.getName()).getSecret().getSecretName());
    assertNull(rendered.one(ServiceAccount.class).getMetadata().getAnnotations().get("x"));
    assertFalse(
        pod(rendered)
            .getMetadata()
            .getLabels()
            .containsKey("pod-identity.alibabacloud.com/injection"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "caBundle: {configMap: {name: company, key: proxy.pem}} | company | proxy.pem",
        "caBundle: {secret: {name: company}}                    | company | ca.crt",
        "caBundle: {pem: \"-----BEGIN CERTIFICATE-----\\n"
            + "MIIB\\n"
            + "-----END CERTIFICATE-----\"} | acktask-operator-ca | ca.crt",
      })
  void shouldMountTheBundleOfAuthorities(String values, String source, String key) {
    Rendered rendered = CHART.render(with(values));

    assertEquals(
        "/etc/acktask/ca/ca.crt", environment(rendered).get("ACKTASK_CA_BUNDLE").getValue());
    Volume volume = volume(rendered, mount(rendered, "/etc/acktask/ca").getName());
    boolean isSecret = volume.getSecret() != null;
    List<KeyToPath> items =
        isSecret ? volume.getSecret().getItems() : volume.getConfigMap().getItems();
    assertEquals(isSecret, values.contains("secret"));
    assertTrue(
        (isSecret ? volume.getSecret().getSecretName() : volume.getConfigMap().getName())
            .endsWith(source));
    assertEquals(key, items.getFirst().getKey());
    assertEquals("ca.crt", items.getFirst().getPath());
    boolean isInline = source.endsWith("-ca");
    assertEquals(isInline, pod(rendered).getMetadata().getAnnotations().containsKey("checksum/ca"));
    assertEquals(
        isInline ? 1 : 0,
        rendered.all(ConfigMap.class).stream()
            .filter(map -> map.getMetadata().getName().endsWith("-ca"))
            .filter(map -> map.getData().get("ca.crt").contains("\nMIIB\n"))
            .count());
  }

  @Test
  void shouldMountNoBundleByDefault() {
    Rendered rendered = CHART.render(Chart.LEAST);

    assertFalse(environment(rendered).containsKey("ACKTASK_CA_BUNDLE"));
    assertFalse(rendered.text().contains("/etc/acktask/ca"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                            | Set the region of your tasks",
        "{region: cn-hangzhou}                         | on ACK --set rrsa.roleName=ROLE",
        "{region: cn-hangzhou, rrsa: {enabled: false, roleName: r}} | --set"
            + " credentials.existingSecret=SECRET",
        "{region: cn-hangzhou, rrsa: {roleName: r}, credentials: {existingSecret: s}} | leave one"
            + " of them out",
        "{region: cn-hangzhou, rrsa: {roleName: r}, replicaCount: 2, leaderElection: {enabled:"
            + " false}} | leaderElection.enabled=true",
        "{region: cn-hangzhou, rrsa: {roleName: r}, image: {repository: r/x}, serviceAccount:"
            + " {create: false}} | Set serviceAccount.name",
        "{region: cn-hangzhou, rrsa: {roleName: r}}    | --set image.repository=REGISTRY/NAME",
        "{region: cn-hangzhou, rrsa: {roleName: r}, serviceMonitor: {enabled: true}, podMonitor:"
            + " {enabled: true}} | leave one of them out",
        "{region: cn-hangzhou, rrsa: {roleName: r}, image: {repository: r/x}, caBundle: {secret:"
            + " {name: a}, configMap: {name: b}}} | Set one of caBundle.pem",
      })
  void shouldSayWhatToDoWhenTheValuesCannotWork(String values, String said) {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> CHART.render(values));

    assertTrue(refused.getMessage().contains(said), refused::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region: CN Hangzhou            | region",
        "network: vpc                   | network",
        "regoin: cn-hangzhou            | regoin",
        "watchNamespaces: team-a        | watchNamespaces",
        "watchNamespaces: [Team]        | watchNamespaces",
        "rrsa: {enabled: 'on'}          | enabled",
        "rrsa: {role: x}                | role",
        "caBundle: {pem: MIIB}          | pem",
        "caBundle: {secret: a}          | secret",
        "config: {pollInterval: 15s}    | pollInterval",
        "config: {callTimeout: 10}      | callTimeout",
        "config: {maxResponseBytes: 4Mi} | maxResponseBytes",
        "config: {maxConcurrentCalls: 0} | maxConcurrentCalls",
        "config: {logLevel: loud}       | logLevel",
        "image: {digest: latest}        | digest",
        "image: {repository: 'a b'}     | repository",
        "docsUrl: docs                  | docsUrl",
        "replicaCount: two              | replicaCount",
        "podLabels: {a: true}           | podLabels",
        "extraEnv: {A: b}               | extraEnv",
        "networkPolicy: {apiServerPorts: []} | apiServerPorts",
        "serviceMonitor: {interval: 30} | interval",
      })
  void shouldBeRefusedByTheSchemaWhenAValueIsWrong(String value, String named) {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> CHART.render("{" + value + "}"));

    assertTrue(refused.getMessage().contains("schema"), refused::getMessage);
    assertTrue(refused.getMessage().contains(named), refused::getMessage);
  }

  @Test
  void shouldAcceptTheGlobalValuesOfAParentChart() {
    CHART.render(with("global: {anything: {goes: true}}"));
  }

  /** Each setting of the operator has a value of the same default, or is the chart's own matter. */
  @Test
  void shouldSetEverySettingToTheOperatorsOwnDefault() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `(ACKTASK_[A-Z_]+)` \\| (?:`([^`]*)`|–) \\|")
            .matcher(Files.readString(Settings.repository().resolve("docs/configuration.md")));
    while (row.find()) {
      documented.put(row.group(1), row.group(2) == null ? "" : row.group(2));
    }
    documented.remove("ACKTASK_MANAGEMENT_PORT");
    documented.put("ACKTASK_CREDENTIALS_DIR", "/etc/acktask/credentials");
    documented.remove("ACKTASK_HEALTH_PORT");
    documented.put("ACKTASK_DEFAULT_REGION", "cn-hangzhou");
    documented.put("ACKTASK_LEADER_ELECTION", "true");

    Map<String, String> byDefault = new TreeMap<>();
    environment(CHART.render(Chart.LEAST))
        .forEach(
            (name, variable) -> {
              if (name.startsWith("ACKTASK_")) {
                byDefault.put(name, variable.getValue());
              }
            });
    Map<String, EnvVar> filled =
        environment(
            CHART.render(
                with(
                    "watchNamespaces: [a], config: {redactKeys: [otp], stageTimeZone: UTC},"
                        + " caBundle: {secret: {name: a}}")));

    for (String name : documented.keySet()) {
      assertTrue(filled.containsKey(name), name + " has no value in the chart");
    }
    documented.values().removeIf(String::isEmpty);
    assertEquals(documented, byDefault);
  }

  @Test
  void shouldWriteLargeNumbersInFull() {
    Map<String, EnvVar> environment =
        environment(CHART.render(with("config: {maxResponseBytes: 67108864}")));

    assertEquals("67108864", environment.get("ACKTASK_MAX_RESPONSE_BYTES").getValue());
  }

  @Test
  void shouldJoinListsWithCommas() {
    Map<String, EnvVar> environment =
        environment(
            CHART.render(with("watchNamespaces: [a, b], config: {redactKeys: [otp, pin]}")));

    assertEquals("a,b", environment.get("ACKTASK_WATCH_NAMESPACES").getValue());
    assertEquals("otp,pin", environment.get("ACKTASK_REDACT_KEYS").getValue());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldMeetTheRestrictedStandard(Path example) throws IOException {
    PodSpec pod = pod(CHART.render(Files.readString(example))).getSpec();
    Container container = pod.getContainers().get(0);

    assertTrue(pod.getSecurityContext().getRunAsNonRoot());
    assertNull(pod.getSecurityContext().getRunAsUser());
    assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
    assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
    assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
    assertEquals(List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
    assertFalse(pod.getEnableServiceLinks());
    assertEquals(
        container.getResources().getRequests().get("memory"),
        container.getResources().getLimits().get("memory"));
    assertEquals("/tmp", container.getVolumeMounts().get(0).getMountPath());
    Probe start = container.getStartupProbe();
    assertEquals("/startupz", start.getHttpGet().getPath());
    assertTrue(start.getPeriodSeconds() * start.getFailureThreshold() >= 600);
    assertEquals("/livez", container.getLivenessProbe().getHttpGet().getPath());
    assertEquals("/readyz", container.getReadinessProbe().getHttpGet().getPath());
  }

  @Test
  void shouldStayInItsNamespacesWhenToldWhich() throws IOException {
    Rendered rendered = CHART.render(Files.readString(example("namespaced")));

    assertEquals(List.of(), rendered.all(ClusterRole.class));
    assertEquals(List.of(), rendered.all(ClusterRoleBinding.class));
    assertEquals(
        List.of("acktask-system", "team-a", "team-b"),
        Stream.concat(rendered.all(Role.class).stream(), rendered.all(RoleBinding.class).stream())
            .map(object -> object.getMetadata().getNamespace())
            .distinct()
            .sorted()
            .toList());
  }

  @Test
  void shouldMakeNoRolesWhenToldSo() {
    Rendered rendered =
        CHART.render(with("rbac: {create: false, aggregateToView: false, aggregateToEdit: false}"));

    assertTrue(rendered.names().stream().noneMatch(name -> name.contains("Role")));
  }

  @Test
  void shouldLetEditorsCreateOnlyWhenToldSo() {
    assertEquals(
        List.of("delete", "deletecollection", "patch", "update"),
        verbs(CHART.render(Chart.LEAST), "edit"));
    assertEquals(
        List.of("create", "delete", "deletecollection", "patch", "update"),
        verbs(CHART.render(with("rbac: {editMayCreate: true}")), "edit"));
    assertEquals(List.of("get", "list", "watch"), verbs(CHART.render(Chart.LEAST), "view"));
  }

  @Test
  void shouldNeverLetUsersWriteAStatus() {
    for (ClusterRole role : CHART.render(Chart.LEAST).all(ClusterRole.class)) {
      if (role.getMetadata().getName().matches(".*-(view|edit)")) {
        assertEquals(1, role.getRules().size());
        assertEquals(List.of("acktasks"), role.getRules().get(0).getResources());
      }
    }
  }

  @Test
  void shouldKeepTwoReleasesApartByTheirLeases() {
    Rendered rendered = CHART.render("blue", "shared", Chart.LEAST);

    String lease = environment(rendered).get("ACKTASK_LEASE_NAME").getValue();
    assertEquals("blue-acktask-operator", lease);
    assertEquals(List.of(lease), rendered.one(Role.class).getRules().get(1).getResourceNames());
  }

  @Test
  void shouldReplaceTheOnlyPodWithAGapWhenThereIsNoLease() {
    Rendered alone = CHART.render(with("leaderElection: {enabled: false}"));

    assertEquals("Recreate", alone.one(Deployment.class).getSpec().getStrategy().getType());
    assertEquals(List.of(), alone.all(Role.class));
    assertEquals("false", environment(alone).get("ACKTASK_LEADER_ELECTION").getValue());
    assertFalse(environment(alone).containsKey("ACKTASK_LEASE_NAME"));
    assertEquals(
        "RollingUpdate",
        CHART.render(Chart.LEAST).one(Deployment.class).getSpec().getStrategy().getType());
  }

  @Test
  void shouldSpreadAndProtectTwoReplicasWhenAsked() throws IOException {
    Rendered two = CHART.render(Files.readString(example("high-availability")));

    Deployment deployment = two.one(Deployment.class);
    assertEquals(2, deployment.getSpec().getReplicas());
    assertEquals(
        List.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
        pod(two).getSpec().getTopologySpreadConstraints().stream()
            .map(constraint -> constraint.getTopologyKey())
            .toList());
    PodDisruptionBudget budget = two.one(PodDisruptionBudget.class);
    assertEquals(1, budget.getSpec().getMaxUnavailable().getIntVal());
    assertEquals(deployment.getSpec().getSelector(), budget.getSpec().getSelector());
    assertEquals(
        List.of(),
        CHART.render(with("podDisruptionBudget: {enabled: true}")).all(PodDisruptionBudget.class),
        "one replica that may not be evicted would keep its node from being drained");
  }

  @Test
  void shouldServeKubePrometheusStackWhenAsked() throws IOException {
    Rendered rendered = CHART.render(Files.readString(example("monitoring")));

    ServiceMonitor monitor = rendered.one(ServiceMonitor.class);
    assertEquals("monitoring", monitor.getMetadata().getLabels().get("release"));
    Endpoint endpoint = monitor.getSpec().getEndpoints().get(0);
    assertTrue(endpoint.getHonorLabels());
    assertEquals("job", endpoint.getRelabelings().get(0).getTargetLabel());
    assertEquals("acktask-operator", endpoint.getRelabelings().get(0).getReplacement());
    assertEquals(
        rendered.one(Deployment.class).getSpec().getSelector(), monitor.getSpec().getSelector());
    PrometheusRule rules = rendered.one(PrometheusRule.class);
    assertEquals("monitoring", rules.getMetadata().getLabels().get("release"));
    assertEquals(
        Serialization.unmarshal(
            CHART.read("files/rules/acktask.rules.yaml"), PrometheusRuleSpec.class),
        rules.getSpec());
    ConfigMap dashboard = rendered.one(ConfigMap.class);
    assertEquals("1", dashboard.getMetadata().getLabels().get("grafana_dashboard"));
    assertEquals(
        Serialization.unmarshal(CHART.read("files/dashboards/acktask.json"), Map.class),
        Serialization.unmarshal(dashboard.getData().get("acktask.json"), Map.class));
    NetworkPolicy policy = rendered.one(NetworkPolicy.class);
    assertEquals(List.of("Ingress", "Egress"), policy.getSpec().getPolicyTypes());
    NetworkPolicyIngressRule metrics = policy.getSpec().getIngress().get(1);
    assertEquals("http", metrics.getPorts().get(0).getPort().getStrVal());
    assertEquals(1, metrics.getFrom().size());
  }

  @Test
  void shouldReadThePodsWithoutTheServiceWhenAskedForAPodMonitor() {
    Rendered rendered =
        CHART.render(with("podMonitor: {enabled: true, additionalLabels: {release: monitoring}}"));

    PodMonitor monitor = rendered.one(PodMonitor.class);
    assertEquals("monitoring", monitor.getMetadata().getLabels().get("release"));
    assertEquals(
        rendered.one(Deployment.class).getSpec().getSelector(), monitor.getSpec().getSelector());
    PodMetricsEndpoint endpoint = monitor.getSpec().getPodMetricsEndpoints().get(0);
    assertEquals("http", endpoint.getPort());
    assertTrue(endpoint.getHonorLabels());
    assertEquals("acktask-operator", endpoint.getRelabelings().get(0).getReplacement());
    assertEquals(List.of(), rendered.all(ServiceMonitor.class));
  }

  @Test
  void shouldReachDnsServersThatListenOnAnotherPortOfTheirPods() {
    NetworkPolicy policy =
        CHART.render(with("networkPolicy: {enabled: true}")).one(NetworkPolicy.class);

    assertEquals(
        List.of("53/UDP", "53/TCP", "5353/UDP", "5353/TCP"),
        policy.getSpec().getEgress().get(0).getPorts().stream()
            .map(port -> port.getPort().getIntVal() + "/" + port.getProtocol())
            .toList());
  }

  @Test
  void shouldPassEverythingExtraOn() throws IOException {
    Rendered rendered = CHART.render(Files.readString(example("everything")));

    PodSpec pod = pod(rendered).getSpec();
    Container container = pod.getContainers().get(0);
    assertTrue(environment(rendered).containsKey("OTEL_EXPORTER_OTLP_ENDPOINT"));
    assertEquals("-Xmx128m", environment(rendered).get("JDK_JAVA_OPTIONS").getValue());
    assertEquals("more", container.getEnvFrom().get(0).getConfigMapRef().getName());
    assertTrue(container.getVolumeMounts().stream().anyMatch(m -> m.getName().equals("more")));
    assertTrue(pod.getVolumes().stream().anyMatch(volume -> volume.getName().equals("more")));
    assertEquals("system-cluster-critical", pod.getPriorityClassName());
    assertEquals(1, pod.getTolerations().size());
    assertTrue(container.getImage().endsWith("@sha256:" + "0".repeat(64)), container::getImage);
    assertTrue(rendered.names().contains("ConfigMap/acktask-operator-more"), rendered::text);
    assertEquals("tasks-operator", rendered.one(Deployment.class).getMetadata().getName());
    assertEquals("tasks", pod.getServiceAccountName());
  }

  @Test
  void shouldLintWithItsDefaults() {
    var result = new com.marcnuri.helm.Helm(CHART.folder()).lint().strict().quiet().call();

    assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
  }

  private static String with(String more) {
    return Chart.LEAST.replaceFirst("}$", ", " + Matcher.quoteReplacement(more) + "}");
  }

  private static Path example(String name) {
    return CHART.folder().resolve("ci/" + name + "-values.yaml");
  }

  private static PodTemplateSpec pod(Rendered rendered) {
    return rendered.one(Deployment.class).getSpec().getTemplate();
  }

  private static VolumeMount mount(Rendered rendered, String path) {
    return pod(rendered).getSpec().getContainers().getFirst().getVolumeMounts().stream()
        .filter(mount -> mount.getMountPath().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static Volume volume(Rendered rendered, String name) {
    return pod(rendered).getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, EnvVar> environment(Rendered rendered) {
    Map<String, EnvVar> environment = new TreeMap<>();
    for (EnvVar variable : pod(rendered).getSpec().getContainers().get(0).getEnv()) {
      assertNull(environment.put(variable.getName(), variable), "twice: " + variable.getName());
    }
    return environment;
  }

  private static List<String> verbs(Rendered rendered, String role) {
    return rendered.all(ClusterRole.class).stream()
        .filter(object -> object.getMetadata().getName().endsWith("-" + role))
        .flatMap(object -> object.getRules().get(0).getVerbs().stream())
        .toList();
  }
}
