package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.CertificateAuthority;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.interruption.Fault;
import dev.acktask.e2e.interruption.FaultProxy;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.Rig;
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
  void f78ShouldGoOnWithTheNewTokenWhenTheOldOneIsNoLongerValid() throws IOException {
    try (Rig rig = Rig.prepare(controlPlane, "rotated-token")) {
      // given
      Secret bound =
          new SecretBuilder().withNewMetadata().withName(OLD_TOKEN).endMetadata().build();
      bound =
          controlPlane
              .admin()
              .secrets()
              .inNamespace(Rig.OPERATOR_NAMESPACE)
              .resource(bound)
              .create();
      Path tokenFile = Files.writeString(pod.resolve("token"), tokenThatEndsWith(bound));
      follow(rig, pod.resolve("no-kubeconfig"), inCluster(tokenFile));

      // when
      Files.writeString(tokenFile, token(new TokenRequestBuilder().withNewSpec().endSpec()));
      controlPlane
          .admin()
          .secrets()
          .inNamespace(Rig.OPERATOR_NAMESPACE)
          .withName(OLD_TOKEN)
          .delete();
      // It remembers for seconds which tokens it has accepted.
      controlPlane.apiServer().kill();
      controlPlane.heal();
      rig.recorder().calm();

      // then
      awaitVerdictAndNewObject(rig);
    }
  }

  @Test
  void f78ShouldGoOnWhenTheApiServerPresentsAnotherCertificate() throws IOException {
    try (Rig rig = Rig.prepare(controlPlane, "rotated-certificate")) {
      // given
      follow(
          rig, controlPlane.kubeconfigFor(Rig.OPERATOR_NAMESPACE, Rig.OPERATOR_ACCOUNT), Map.of());

      // when
      CertificateAuthority.Issued next =
          controlPlane.authority().issueServer("kube-apiserver-rotated");
      replace(next.certificate(), "kube-apiserver.crt");
      replace(next.key(), "kube-apiserver.key");
      controlPlane.apiServer().kill();
      controlPlane.heal();
      rig.recorder().calm();

      // then
      awaitVerdictAndNewObject(rig);
    }
  }

  /** There is no Lease here that could end a process whose API server is not trusted any more. */
  @Test
  void f78ShouldEndAndTrustTheNewAuthorityAfterTheRestartWhenTheClustersIsReplaced()
      throws IOException {
    AtomicReference<SSLContext> serving =
        new AtomicReference<>(controlPlane.authority().issueServer("before-rotation").serving());
    try (FaultProxy proxy =
            FaultProxy.tls(
                controlPlane.server(),
                serving::get,
                controlPlane.authority().trusting(),
                call -> Fault.NONE);
        Rig rig = Rig.prepare(controlPlane, "rotated-authority")) {
      // given
      Path trusted =
          Files.copy(controlPlane.authority().certificate(), pod.resolve("kube-root-ca.crt"));
      Path tokenFile =
          Files.writeString(
              pod.resolve("token"), token(new TokenRequestBuilder().withNewSpec().endSpec()));
      Map<String, String> settings = new HashMap<>(inCluster(proxy.endpoint(), tokenFile, trusted));
      settings.put("ACKTASK_LIVENESS_INTERVAL", "5s");
      follow(rig, pod.resolve("no-kubeconfig"), settings);

      // when
      CertificateAuthority next = CertificateAuthority.create(pod.resolve("next-authority"));
      Files.copy(next.certificate(), trusted, StandardCopyOption.REPLACE_EXISTING);
      serving.set(next.issueServer("after-rotation").serving());
      proxy.cut(call -> true);

      // then
      assertEquals(1, rig.operator().awaitExit(RECOVERY));
      String lastWords = rig.operator().output();
      assertTrue(
          lastWords.contains(
              "the certificate of the API server is not trusted, and the file of trusted"
                  + " authorities has changed"),
          lastWords);
      rig.operator().start();
      rig.recorder().calm();
      awaitVerdictAndNewObject(rig);
    }
  }

  private void follow(Rig rig, Path kubeconfig, Map<String, String> settings) {
    rig.recorder()
        .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(RECOVERY).withExtra(3));
    rig.replica("operator", kubeconfig, settings).start();
    rig.cloud().answers("T-1", Answers.running("T-1"));
    rig.tasks().create("task", "T-1");
    awaitPhase(rig, "task", "Running");
  }

  private static void awaitVerdictAndNewObject(Rig rig) {
    rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
    awaitPhase(rig, "task", "Failed");
    rig.cloud().answers("T-after", Answers.success("T-after"));
    rig.tasks().create("after", "T-after");
    awaitPhase(rig, "after", "Succeeded");
    assertTrue(rig.operator().isAlive(), () -> rig.operator().output());
  }

  /** As in a pod: no kubeconfig, but a token that the kubelet replaces in its file. */
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
        .inNamespace(Rig.OPERATOR_NAMESPACE)
        .withName(Rig.OPERATOR_ACCOUNT)
        .tokenRequest(request.build())
        .getStatus()
        .getToken();
  }

  private void replace(Path by, String name) throws IOException {
    Path file = controlPlane.authority().certificate().resolveSibling(name);
    Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void awaitPhase(Rig rig, String name, String phase) {
    await()
        .atMost(RECOVERY)
        .until(() -> phase.equals(rig.tasks().get(name).get("status", "phase")));
  }
}
