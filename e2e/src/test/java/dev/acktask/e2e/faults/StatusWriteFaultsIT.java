package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.faultinjection.Fault;
import dev.acktask.e2e.faultinjection.FaultProxy;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.history.ObjectVersion;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Catalogue F69 and F79: the verdict is known, but its write fails or its answer is lost. */
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
  @Tag("F69")
  void shouldLandTheVerdictWhenManyWritesAreRefused() {
    RefusedWrites refused =
        new RefusedWrites(Fault.ERROR, Fault.UNAVAILABLE, Fault.THROTTLED, Fault.RESET_BEFORE);
    try (FaultProxy proxy = proxy(refused);
        OperatorFixture fixture = follow("refused", through(proxy))) {
      // when
      refused.next(MANY);
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "Failed");
      assertEquals(MANY, refused.refused());
      assertEquals(1, verdicts(fixture));
    }
  }

  @Test
  @Tag("F69")
  void shouldWriteTheVerdictOnceWhenTheAnswerOfTheWriteIsLost() {
    RefusedWrites lost = new RefusedWrites(Fault.HOLD_AFTER);
    try (FaultProxy proxy = proxy(lost);
        OperatorFixture fixture = follow("unanswered", through(proxy))) {
      // when
      lost.next(1);
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      awaitPhase(fixture, "Failed");
      String version = fixture.tasks().get("task").getMetadata().getResourceVersion();
      await().atMost(SOON).until(lost::isOver);
      fixture.recorder().calm();

      // then
      fixture.cloud().answers("T-2", Answers.success("T-2"));
      fixture.tasks().create("other", "T-2");
      await()
          .atMost(SOON)
          .until(() -> "Succeeded".equals(fixture.tasks().get("other").get("status", "phase")));
      assertEquals(version, fixture.tasks().get("task").getMetadata().getResourceVersion());
      assertEquals(1, verdicts(fixture));
    }
  }

  /** The client itself tries an error of the server four times before it is one. */
  @ParameterizedTest
  @Tag("F70")
  @CsvSource({"TOO_LARGE, 1", "TOO_LARGE_FOR_ETCD, 4"})
  void shouldShrinkTheStatusAtOnceWhenItIsTooLarge(Fault tooLarge, int writes) {
    RefusedWrites refused = new RefusedWrites(tooLarge);
    try (FaultProxy proxy = proxy(refused);
        OperatorFixture fixture = follow("large", through(proxy))) {
      // when
      refused.next(writes);
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));

      // then
      awaitPhase(fixture, "Failed");
      assertEquals(writes, refused.refused());
      assertEquals(1, verdicts(fixture));
      assertNull(fixture.tasks().get("task").get("status", "updatedTime"));
    }
  }

  @Test
  @Tag("F79")
  void shouldLandTheVerdictWhenAnAdmissionPolicyDeniedItAndIsGone() {
    try (OperatorFixture fixture = follow("denied", account())) {
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
        await().atMost(SOON).until(() -> tryToWrite(fixture).contains("not today"));

        // when
        fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        await().atMost(SOON).until(() -> fixture.operator().output().contains("API refused"));
        assertEquals("Running", phase(fixture));
      } finally {
        delete("validatingadmissionpolicybinding", "validatingadmissionpolicy");
      }
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "Failed");
      assertEquals(1, verdicts(fixture));
    }
  }

  @Test
  @Tag("F79")
  void shouldLandTheVerdictWhenAWebhookWasTooSlow() {
    try (SlowWebhook webhook = new SlowWebhook(controlPlane.authority());
        OperatorFixture fixture = follow("slow", account())) {
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
            .until(() -> tryToWrite(fixture).contains("slow.example.com") && webhook.calls() > 0);

        // when
        fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        await().atMost(SOON).until(() -> fixture.operator().output().contains("API refused"));
        assertEquals("Running", phase(fixture));
        webhook.hurry();
        fixture.recorder().calm();

        // then
        awaitPhase(fixture, "Failed");
      } finally {
        delete("validatingwebhookconfiguration");
      }
    }
  }

  private OperatorFixture follow(String prefix, Path kubeconfig) {
    OperatorFixture fixture = OperatorFixture.prepare(controlPlane, prefix);
    fixture
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                .withReaction(RECOVERY)
                .withExtra(MANY));
    fixture.replica("operator", kubeconfig, Map.of()).start();
    fixture.cloud().answers("T-1", Answers.running("T-1"));
    fixture.tasks().create("task", "T-1");
    awaitPhase(fixture, "Running");
    return fixture;
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
        OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT, proxy.endpoint());
  }

  private Path account() {
    return controlPlane.kubeconfigFor(
        OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT);
  }

  private void apply(String manifest) {
    byte[] yaml = manifest.getBytes(StandardCharsets.UTF_8);
    controlPlane.admin().load(new ByteArrayInputStream(yaml)).serverSideApply();
  }

  /** The answer of the API server to a dry run of a status write. */
  private static String tryToWrite(OperatorFixture fixture) {
    return fixture
        .kubectl(
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
  private static long verdicts(OperatorFixture fixture) {
    long verdicts = 0;
    String before = "";
    for (ObjectVersion version : fixture.recorder().history().versions()) {
      String phase = version.object().path("status").path("phase").asText();
      boolean isTask = version.object().path("metadata").path("name").asText().equals("task");
      verdicts += isTask && phase.equals("Failed") && !before.equals("Failed") ? 1 : 0;
      before = isTask ? phase : before;
    }
    return verdicts;
  }

  private static String phase(OperatorFixture fixture) {
    return fixture.tasks().get("task").get("status", "phase");
  }

  private static void awaitPhase(OperatorFixture fixture, String phase) {
    await().atMost(RECOVERY).until(() -> phase.equals(phase(fixture)));
  }
}
