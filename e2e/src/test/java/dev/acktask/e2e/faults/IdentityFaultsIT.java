package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.CertificateAuthority;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.faultinjection.Fault;
import dev.acktask.e2e.faultinjection.FaultProxy;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogue F78: the identity of the operator, or of the API server, is replaced. */
@OnControlPlane
class IdentityFaultsIT {
  private static final Duration RECOVERY = Duration.ofMinutes(2);
  private static final String OLD_TOKEN = "old-token";

  private final ControlPlane controlPlane;

  @TempDir Path pod;

  IdentityFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F78")
  void shouldGoOnWithTheNewTokenWhenTheOldOneIsNoLongerValid() throws IOException {
    try (OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "rotated-token")) {
      // given
      Secret bound =
          new SecretBuilder().withNewMetadata().withName(OLD_TOKEN).endMetadata().build();
      bound =
          controlPlane
              .admin()
              .secrets()
              .inNamespace(OperatorFixture.OPERATOR_NAMESPACE)
              .resource(bound)
              .create();
      Path tokenFile = Files.writeString(pod.resolve("token"), tokenThatEndsWith(bound));
      follow(fixture, pod.resolve("no-kubeconfig"), inCluster(tokenFile));

      // when
      Files.writeString(tokenFile, token(new TokenRequestBuilder().withNewSpec().endSpec()));
      controlPlane
          .admin()
          .secrets()
          .inNamespace(OperatorFixture.OPERATOR_NAMESPACE)
          .withName(OLD_TOKEN)
          .delete();
      // The API server caches accepted tokens for seconds.
      controlPlane.apiServer().kill();
      controlPlane.heal();
      fixture.recorder().calm();

      // then
      awaitVerdictAndNewObject(fixture);
    }
  }

  @Test
  @Tag("F78")
  void shouldGoOnWhenTheApiServerPresentsAnotherCertificate() throws IOException {
    try (OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "rotated-certificate")) {
      // given
      follow(
          fixture,
          controlPlane.kubeconfigFor(
              OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT),
          Map.of());

      // when
      CertificateAuthority.Issued next =
          controlPlane.authority().issueServer("kube-apiserver-rotated");
      replace(next.certificate(), "kube-apiserver.crt");
      replace(next.key(), "kube-apiserver.key");
      controlPlane.apiServer().kill();
      controlPlane.heal();
      fixture.recorder().calm();

      // then
      awaitVerdictAndNewObject(fixture);
    }
  }

  /** Without leader election, a lost Lease cannot end the process. */
  @Test
  @Tag("F78")
  void shouldTrustTheReplacedClusterAuthorityAfterARestart() throws IOException {
    AtomicReference<SSLContext> serving =
        new AtomicReference<>(controlPlane.authority().issueServer("before-rotation").serving());
    try (FaultProxy proxy =
            FaultProxy.tls(
                controlPlane.server(),
                serving::get,
                controlPlane.authority().trusting(),
                call -> Fault.NONE);
        OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "rotated-authority")) {
      // given
      Path trusted =
          Files.copy(controlPlane.authority().certificate(), pod.resolve("kube-root-ca.crt"));
      Path tokenFile =
          Files.writeString(
              pod.resolve("token"), token(new TokenRequestBuilder().withNewSpec().endSpec()));
      Map<String, String> settings = new HashMap<>(inCluster(proxy.endpoint(), tokenFile, trusted));
      settings.put("ACKTASK_LIVENESS_INTERVAL", "5s");
      follow(fixture, pod.resolve("no-kubeconfig"), settings);

      // when
      CertificateAuthority next = CertificateAuthority.create(pod.resolve("next-authority"));
      Files.copy(next.certificate(), trusted, StandardCopyOption.REPLACE_EXISTING);
      serving.set(next.issueServer("after-rotation").serving());
      proxy.cut(call -> true);

      // then
      assertEquals(1, fixture.operator().awaitExit(RECOVERY));
      String lastWords = fixture.operator().output();
      assertTrue(
          lastWords.contains(
              "the certificate of the API server is not trusted, and the file of trusted"
                  + " authorities has changed"),
          lastWords);
      fixture.operator().start();
      fixture.recorder().calm();
      awaitVerdictAndNewObject(fixture);
    }
  }

  private void follow(OperatorFixture fixture, Path kubeconfig, Map<String, String> settings) {
    fixture
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withReaction(RECOVERY).withExtra(3));
    fixture.replica("operator", kubeconfig, settings).start();
    fixture.cloud().answers("T-1", Answers.running("T-1"));
    fixture.tasks().create("task", "T-1");
    awaitPhase(fixture, "task", "Running");
  }

  private static void awaitVerdictAndNewObject(OperatorFixture fixture) {
    fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
    awaitPhase(fixture, "task", "Failed");
    fixture.cloud().answers("T-after", Answers.success("T-after"));
    fixture.tasks().create("after", "T-after");
    awaitPhase(fixture, "after", "Succeeded");
    assertTrue(fixture.operator().isAlive(), () -> fixture.operator().output());
  }

  /** Like in a pod: no kubeconfig, but a token file that the kubelet replaces. */
  private Map<String, String> inCluster(Path tokenFile) {
    return inCluster(controlPlane.server(), tokenFile, controlPlane.authority().certificate());
  }

  private static Map<String, String> inCluster(URI server, Path tokenFile, Path trusted) {
    return Map.of(
        "KUBERNETES_SERVICE_HOST",
        server.getHost(),
        "KUBERNETES_SERVICE_PORT",
        Integer.toString(server.getPort()),
        "KUBERNETES_CERTS_CA_FILE",
        trusted.toString(),
        "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
        tokenFile.toString());
  }

  private String tokenThatEndsWith(Secret bound) {
    return token(
        new TokenRequestBuilder()
            .withNewSpec()
            .withNewBoundObjectRef()
            .withApiVersion("v1")
            .withKind("Secret")
            .withName(bound.getMetadata().getName())
            .withUid(bound.getMetadata().getUid())
            .endBoundObjectRef()
            .endSpec());
  }

  private String token(TokenRequestBuilder request) {
    return controlPlane
        .admin()
        .serviceAccounts()
        .inNamespace(OperatorFixture.OPERATOR_NAMESPACE)
        .withName(OperatorFixture.OPERATOR_ACCOUNT)
        .tokenRequest(request.build())
        .getStatus()
        .getToken();
  }

  private void replace(Path by, String name) throws IOException {
    Path file = controlPlane.authority().certificate().resolveSibling(name);
    Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void awaitPhase(OperatorFixture fixture, String name, String phase) {
    await()
        .atMost(RECOVERY)
        .until(() -> phase.equals(fixture.tasks().get(name).get("status", "phase")));
  }
}
