package dev.acktask.e2e.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.chart.Chart;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the API server allows the operator for the credentials of connections: with the Role of
 * docs/security.md, which a team applies, and with the values of the chart.
 */
@OnControlPlane
class ConnectionRightsIT {
  private static final String PAGE = "docs/security.md";
  private static final String AUDIENCE = "sts.aliyuncs.com";
  private static final int FORBIDDEN = 403;
  private static final int INVALID = 422;

  private final ControlPlane controlPlane;

  @TempDir private Path scratch;

  ConnectionRightsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldUseOnlyWhatTheTeamNamesWhenItAppliesTheDocumentedRole() throws IOException {
    // given
    String team = controlPlane.createNamespace("connections-team");
    String other = controlPlane.createNamespace("connections-other");
    Path role = Files.writeString(scratch.resolve("role.yaml"), documentedRole());
    try (KubernetesClient operator = client(ControlPlane.OURS, "acktask-operator")) {
      assertAccess(operator, team, Map.of("get secrets/ack-account", false));

      // when
      controlPlane.kubectl("apply", "-n", team, "-f", role.toString()).orThrow();

      // then
      assertAccess(
          operator,
          team,
          Map.of(
              "get secrets/ack-account", true,
              "get secrets/another", false,
              "list secrets/", false,
              "watch secrets/", false,
              "create serviceaccounts/token/task-reader", true,
              "create serviceaccounts/token/default", false));
      assertAccess(
          operator,
          other,
          Map.of(
              "get secrets/ack-account", false,
              "create serviceaccounts/token/task-reader", false));
      assertEquals("task-reader", subjectOfToken(operator, team));
    }
  }

  @Test
  void shouldReadOnlySecretsThatTheValuesName() {
    // given
    String team = controlPlane.createNamespace("connections-team");
    String other = controlPlane.createNamespace("connections-other");
    try (Installation installation = Installation.prepare(controlPlane, "connections")) {
      // when
      install(
          installation,
          "watchNamespaces: [%s, %s], connections: {secrets: {own: [shared], namespaces: [%s]}}"
              .formatted(team, other, team));

      // then
      try (KubernetesClient operator = client(installation.namespace(), installation.fullName())) {
        assertAccess(
            operator,
            team,
            Map.of("get secrets/any", true, "list secrets/", false, "watch secrets/", false));
        assertAccess(operator, other, Map.of("get secrets/any", false));
        assertAccess(
            operator,
            installation.namespace(),
            Map.of(
                "get secrets/shared", true,
                "get secrets/acktask-credentials", false,
                "list secrets/", false));
      }
      installation.release().uninstall();
    }
  }

  @Test
  void shouldWriteEventsOfClusterConnectionsInDefaultOnlyWhenClusterIsTrue() {
    try (Installation installation = Installation.prepare(controlPlane, "connections")) {
      // given
      String own = installation.namespace();
      String values = "watchNamespaces: [" + own + "], connections: {cluster: %s}";
      install(installation, values.formatted("auto"));
      try (KubernetesClient operator = client(own, installation.fullName())) {
        assertEquals(FORBIDDEN, refusal(operator, event("default", own)));

        // when
        installation
            .release()
            .upgrade(Chart.ours().folder(), installation.values(values.formatted("true")));

        // then
        operator.resource(event("default", own)).create();
        assertEquals(INVALID, refusal(operator, event(own, own)));
        assertAccess(operator, "", Map.of("list namespaces/", true, "delete namespaces/x", false));
      }
      installation.release().uninstall();
    }
  }

  private void install(Installation installation, String values) {
    installation.release().install(Chart.ours().folder(), installation.values(values));
  }

  private KubernetesClient client(String namespace, String account) {
    return ControlPlane.client(controlPlane.kubeconfigFor(namespace, account));
  }

  /** The first YAML of the page that contains a Role. */
  private static String documentedRole() throws IOException {
    String page = Files.readString(Settings.repository().resolve(PAGE));
    int kind = page.indexOf("kind: Role\n");
    String fence = "```yaml\n";
    int start = page.lastIndexOf(fence, kind) + fence.length();
    return page.substring(start, page.indexOf("```", kind));
  }

  /**
   * @param expected whether the operator may do it, by {@code verb resource/name} or {@code verb
   *     resource/subresource/name}
   */
  private static void assertAccess(
      KubernetesClient operator, String namespace, Map<String, Boolean> expected) {
    expected.forEach(
        (request, allowed) ->
            assertEquals(
                allowed, allowed(operator, namespace, request), request + " in " + namespace));
  }

  private static boolean allowed(KubernetesClient operator, String namespace, String request) {
    String verb = request.substring(0, request.indexOf(' '));
    String[] parts = request.substring(verb.length() + 1).split("/", -1);
    return operator
        .resource(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withResource(parts[0])
                .withSubresource(parts.length == 3 ? parts[1] : "")
                .withName(parts[parts.length - 1])
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build())
        .create()
        .getStatus()
        .getAllowed();
  }

  /** The ServiceAccount that STS reads from a token that the operator requests. */
  private static String subjectOfToken(KubernetesClient operator, String namespace)
      throws IOException {
    String token =
        operator
            .serviceAccounts()
            .inNamespace(namespace)
            .withName("task-reader")
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withAudiences(AUDIENCE)
                    .withExpirationSeconds(600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    JsonNode claims =
        new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    assertEquals(AUDIENCE, claims.at("/aud/0").asText());
    String prefix = "system:serviceaccount:" + namespace + ":";
    return claims.path("sub").asText().replace(prefix, "");
  }

  private static int refusal(KubernetesClient operator, Event event) {
    return assertThrows(KubernetesClientException.class, () -> operator.resource(event).create())
        .getCode();
  }

  /** An event of a ClusterAckConnection, which has no namespace. */
  private static Event event(String namespace, String name) {
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name + ".event")
        .endMetadata()
        .withEventTime(new MicroTime("2026-01-02T03:04:05.000000Z"))
        .withType("Warning")
        .withReason("CredentialsRefused")
        .withAction("Connect")
        .withNote("The access key is refused.")
        .withReportingController("acktask.dev/acktask-operator")
        .withReportingInstance("test")
        .withNewRegarding()
        .withApiVersion("acktask.dev/v1alpha1")
        .withKind("ClusterAckConnection")
        .withName(name)
        .endRegarding()
        .build();
  }
}
