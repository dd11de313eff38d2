package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials and certificate authorities in the chart. */
class CredentialsChartTest {
  private static final Chart CHART = Chart.ours();
  private static final String ON_ACK =
      "{region: cn-hangzhou, rrsa: {roleName: acktask}, " + Chart.IMAGE + "}";

  @Test
  void shouldAskForTheRoleWithAQuotedOnWhenOnAck() {
    Rendered rendered = CHART.render(ON_ACK);

    assertEquals(
        Map.of("pod-identity.alibabacloud.com/role-name", "acktask"),
        rendered.one(ServiceAccount.class).getMetadata().getAnnotations());
    String label = "pod-identity.alibabacloud.com/injection";
    assertEquals("on", rendered.pod().getMetadata().getLabels().get(label));
    assertTrue(rendered.text().contains(label + ": \"on\""), "an unquoted on is a boolean");
    assertTrue(rendered.environment().keySet().stream().noneMatch(n -> n.startsWith("ALIBABA")));
  }

  @Test
  void shouldMountTheSecretWithTheKeyWhenThereIsOne() {
    // when
    Rendered rendered = CHART.render(Chart.LEAST);

    // then
    assertTrue(rendered.environment().keySet().stream().noneMatch(n -> n.startsWith("ALIBABA")));
    assertEquals(
        "/etc/acktask/credentials",
        rendered.environment().get("ACKTASK_CREDENTIALS_DIR").getValue());
    VolumeMount mount = mount(rendered, "/etc/acktask/credentials");
    assertTrue(mount.getReadOnly());
    assertNull(mount.getSubPath(), "a subPath is never updated");
    assertEquals(
        "acktask-credentials", volume(rendered, mount.getName()).getSecret().getSecretName());
    assertNull(rendered.one(ServiceAccount.class).getMetadata().getAnnotations().get("x"));
    assertFalse(
        rendered
            .pod()
            .getMetadata()
            .getLabels()
            .containsKey("pod-identity.alibabacloud.com/injection"));
  }

  @Test
  void shouldNeedNoCredentialsWhenThereIsNoRegion() {
    Rendered rendered = CHART.render("{" + Chart.IMAGE + "}");

    for (String name : List.of("ACKTASK_DEFAULT_REGION", "ACKTASK_CREDENTIALS_DIR")) {
      assertFalse(rendered.environment().containsKey(name), name);
    }
    assertFalse(rendered.text().contains("/etc/acktask/credentials"), rendered.text());
    assertFalse(rendered.text().contains("pod-identity.alibabacloud.com"), rendered.text());
  }

  /** For ClusterAckConnections without credentials. */
  @Test
  void shouldGiveAnIdentityToAnOperatorWithoutARegion() {
    Rendered role = CHART.render("{rrsa: {roleName: acktask}, " + Chart.IMAGE + "}");
    Rendered key = CHART.render("{credentials: {existingSecret: a}, " + Chart.IMAGE + "}");

    assertTrue(role.text().contains("pod-identity.alibabacloud.com/role-name: acktask"));
    assertTrue(key.environment().containsKey("ACKTASK_CREDENTIALS_DIR"));
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
    // when
    Rendered rendered = CHART.render(Chart.leastWith(values));

    // then
    assertEquals(
        "/etc/acktask/ca/ca.crt", rendered.environment().get("ACKTASK_CA_BUNDLE").getValue());
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
    assertEquals(
        isInline, rendered.pod().getMetadata().getAnnotations().containsKey("checksum/ca"));
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

    assertFalse(rendered.environment().containsKey("ACKTASK_CA_BUNDLE"));
    assertFalse(rendered.text().contains("/etc/acktask/ca"));
  }

  private static VolumeMount mount(Rendered rendered, String path) {
    return rendered.container().getVolumeMounts().stream()
        .filter(mount -> mount.getMountPath().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static Volume volume(Rendered rendered, String name) {
    return rendered.pod().getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
