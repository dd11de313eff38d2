package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Catalogue F79: admission denies the write of the verdict. */
@OnControlPlane
class AdmissionFaultsIT extends StatusWriteTestCase {
  AdmissionFaultsIT(ControlPlane controlPlane) {
    super(controlPlane);
  }

  @Test
  @Tag("F79")
  void shouldReportTheVerdictWhenTheAdmissionPolicyThatDeniedItIsGone() {
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
        assertEquals("Running", fixture.tasks().phase("task"));
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
  void shouldReportTheVerdictWhenAWebhookWasTooSlow() {
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
        assertEquals("Running", fixture.tasks().phase("task"));
        webhook.hurry();
        fixture.recorder().calm();

        // then
        awaitPhase(fixture, "Failed");
      } finally {
        delete("validatingwebhookconfiguration");
      }
    }
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
}
