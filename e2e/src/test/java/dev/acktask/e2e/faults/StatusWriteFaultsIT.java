package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.history.ObjectVersion;
import dev.acktask.e2e.interruption.Fault;
import dev.acktask.e2e.interruption.FaultProxy;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.Rig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Catalogue F69 and F79: the verdict is known and cannot be written, or nobody says it was. */
@OnControlPlane
class StatusWriteFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /** More than the Kubernetes client tries by itself. */
  private static final int MANY = 8;

  private final ControlPlane controlPlane;

  StatusWriteFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void f69ShouldLandTheVerdictWhenManyWritesAreRefused() {
    RefusedWrites refused =
        new RefusedWrites(Fault.ERROR, Fault.UNAVAILABLE, Fault.THROTTLED, Fault.RESET_BEFORE);
    try (FaultProxy proxy = proxy(refused);
        Rig rig = follow("refused", through(proxy))) {
      // when
      refused.next(MANY);
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      rig.recorder().calm();

      // then
      awaitPhase(rig, "Failed");
      assertEquals(MANY, refused.refused());
      assertEquals(1, verdicts(rig));
    }
  }

  @Test
  void f69ShouldWriteTheVerdictOnceWhenTheAnswerOfTheWriteIsLost() {
    RefusedWrites lost = new RefusedWrites(Fault.HOLD_AFTER);
    try (FaultProxy proxy = proxy(lost);
        Rig rig = follow("unanswered", through(proxy))) {
      // when
      lost.next(1);
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      awaitPhase(rig, "Failed");
      String version = rig.tasks().get("task").getMetadata().getResourceVersion();
      await().atMost(SOON).until(lost::isOver);
      rig.recorder().calm();

      // then
      rig.cloud().answers("T-2", Answers.success("T-2"));
      rig.tasks().create("other", "T-2");
      await()
          .atMost(SOON)
          .until(() -> "Succeeded".equals(rig.tasks().get("other").get("status", "phase")));
      assertEquals(version, rig.tasks().get("task").getMetadata().getResourceVersion());
      assertEquals(1, verdicts(rig));
    }
  }

  /** The client itself tries an error of the server four times before it is one. */
  @ParameterizedTest
  @CsvSource({"TOO_LARGE, 1", "TOO_LARGE_FOR_ETCD, 4"})
  void f70ShouldShrinkTheStatusAtOnceWhenItIsTooLarge(Fault tooLarge, int writes) {
    RefusedWrites refused = new RefusedWrites(tooLarge);
    try (FaultProxy proxy = proxy(refused);
        Rig rig = follow("large", through(proxy))) {
      // when
      refused.next(writes);
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));

      // then
      awaitPhase(rig, "Failed");
      assertEquals(writes, refused.refused());
      assertEquals(1, verdicts(rig));
      assertNull(rig.tasks().get("task").get("status", "updatedTime"));
    }
  }

  @Test
  void f79ShouldLandTheVerdictWhenAnAdmissionPolicyDeniedItAndIsGone() {
    try (Rig rig = follow("denied", account())) {
      // given
      apply(
          """
          apiVersion: admissionregistration.k8s.io/v1
          kind: ValidatingAdmissionPolicy
          metadata: {name: deny-status}
          spec:
            failurePolicy: Fail
            matchConstraints:
              resourceRules:
                - {apiGroups: [acktask.dev], apiVersions: [v1alpha1], operations: [UPDATE], resources: [acktasks/status]}
            validations:
              - {expression: "false", message: not today}
          ---
          apiVersion: admissionregistration.k8s.io/v1
          kind: ValidatingAdmissionPolicyBinding
          metadata: {name: deny-status}
          spec: {policyName: deny-status, validationActions: [Deny]}
          """);
      try {
        await().atMost(SOON).until(() -> tryToWrite(rig).contains("not today"));

        // when
        rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        await().atMost(SOON).until(() -> rig.operator().output().contains("API refused"));
        assertEquals("Running", phase(rig));
      } finally {
        delete("validatingadmissionpolicybinding", "validatingadmissionpolicy");
      }
      rig.recorder().calm();

      // then
      awaitPhase(rig, "Failed");
      assertEquals(1, verdicts(rig));
    }
  }

  @Test
  void f79ShouldLandTheVerdictWhenAWebhookWasTooSlow() {
    try (SlowWebhook webhook = new SlowWebhook(controlPlane.authority());
        Rig rig = follow("slow", account())) {
      // given
      apply(
          """
          apiVersion: admissionregistration.k8s.io/v1
          kind: ValidatingWebhookConfiguration
          metadata: {name: deny-status}
          webhooks:
            - name: slow.example.com
              failurePolicy: Fail
              timeoutSeconds: 1
              sideEffects: None
              admissionReviewVersions: [v1]
              clientConfig: {url: "%s", caBundle: %s}
              rules:
                - {apiGroups: [acktask.dev], apiVersions: [v1alpha1], operations: [UPDATE], resources: [acktasks/status]}
          """
              .formatted(webhook.address(), webhook.caBundle()));
      try {
        await()
            .atMost(SOON)
            .until(() -> tryToWrite(rig).contains("slow.example.com") && webhook.calls() > 0);

        // when
        rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        await().atMost(SOON).until(() -> rig.operator().output().contains("API refused"));
        assertEquals("Running", phase(rig));
        webhook.hurry();
        rig.recorder().calm();

        // then
        awaitPhase(rig, "Failed");
      } finally {
        delete("validatingwebhookconfiguration");
      }
    }
  }

  private Rig follow(String prefix, Path kubeconfig) {
    Rig rig = Rig.prepare(controlPlane, prefix);
    rig.recorder()
        .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(RECOVERY).withExtra(MANY));
    rig.replica("operator", kubeconfig, Map.of()).start();
    rig.cloud().answers("T-1", Answers.running("T-1"));
    rig.tasks().create("task", "T-1");
    awaitPhase(rig, "Running");
    return rig;
  }

  private FaultProxy proxy(RefusedWrites plan) {
    return FaultProxy.tls(
        controlPlane.server(),
        controlPlane.authority().issueServer("write-proxy-" + System.nanoTime()).serving(),
        controlPlane.authority().trusting(),
        plan);
  }

  private Path through(FaultProxy proxy) {
    return controlPlane.kubeconfigFor(
        Rig.OPERATOR_NAMESPACE, Rig.OPERATOR_ACCOUNT, proxy.endpoint());
  }

  private Path account() {
    return controlPlane.kubeconfigFor(Rig.OPERATOR_NAMESPACE, Rig.OPERATOR_ACCOUNT);
  }

  private void apply(String manifest) {
    byte[] yaml = manifest.getBytes(StandardCharsets.UTF_8);
    controlPlane.admin().load(new ByteArrayInputStream(yaml)).serverSideApply();
  }

  /** What the API server says to somebody who writes the status, without doing it. */
  private static String tryToWrite(Rig rig) {
    return rig.kubectl(
            "patch",
            "acktask",
            "task",
            "--subresource=status",
            "--type=merge",
            "--dry-run=server",
            "--patch={\"status\": {\"phase\": \"Running\"}}")
        .stderr();
  }

  private void delete(String... kinds) {
    for (String kind : kinds) {
      controlPlane.kubectl("delete", kind, "deny-status").orThrow();
    }
  }

  /** How many versions of the object were the first with the verdict: one, unless it flaps. */
  private static long verdicts(Rig rig) {
    long verdicts = 0;
    String before = "";
    for (ObjectVersion version : rig.recorder().history().versions()) {
      String phase = version.object().path("status").path("phase").asText();
      boolean isTask = version.object().path("metadata").path("name").asText().equals("task");
      verdicts += isTask && phase.equals("Failed") && !before.equals("Failed") ? 1 : 0;
      before = isTask ? phase : before;
    }
    return verdicts;
  }

  private static String phase(Rig rig) {
    return rig.tasks().get("task").get("status", "phase");
  }

  private static void awaitPhase(Rig rig, String phase) {
    await().atMost(RECOVERY).until(() -> phase.equals(phase(rig)));
  }
}
