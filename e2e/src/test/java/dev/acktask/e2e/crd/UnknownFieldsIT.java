package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fields that a user might expect and that do not exist. {@code kubectl apply} refuses them, so
 * that no such setting is believed to have an effect; any other client gets them pruned.
 */
@OnControlPlane
class UnknownFieldsIT {
  private final ControlPlane controlPlane;

  UnknownFieldsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ACK_TASK | {taskID: T-1} | spec.taskID",
        "ACK_TASK | {connectionRef: {kind: AckConnection, name: a, namespace: n}}"
            + " | spec.connectionRef.namespace",
        "ACK_CONNECTION | {credentials: {secretRef: {name: k, namespace: n}}}"
            + " | spec.credentials.secretRef.namespace",
        "ACK_CONNECTION | {credentials: {accessKeyId: k, secretRef: {name: k}}}"
            + " | spec.credentials.accessKeyId",
        "ACK_CONNECTION | {allowedNamespaces: {from: All}} | spec.allowedNamespaces",
        "ACK_CONNECTION | {endpoint: 'https://evil.example'} | spec.endpoint",
        "CLUSTER_ACK_CONNECTION | {credentials: {secretRef: {name: k, namespace: n}}}"
            + " | spec.credentials.secretRef.namespace",
        "ACK_TASK_DISCOVERY | {connectionRefs: [{kind: AckConnection, name: a, namespace: n}]}"
            + " | spec.connectionRefs[0].namespace",
        "ACK_TASK_DISCOVERY | {template: {spec: {taskId: T-1}}} | spec.template.spec.taskId",
        "ACK_TASK_DISCOVERY | {template: {spec: {connectionRef: {name: a}}}}"
            + " | spec.template.spec.connectionRef",
        "ACK_TASK_DISCOVERY | {template: {metadata: {name: a}}} | spec.template.metadata.name",
        "ACK_TASK_DISCOVERY | {namespace: other} | spec.namespace",
        "ACK_TASK_GATE | {taskRefs: [{name: a, namespace: n}]} | spec.taskRefs[0].namespace",
        "ACK_TASK_GATE | {selector: {matchExpressions: []}} | spec.selector.matchExpressions",
        "ACK_TASK_GATE | {discoveryRef: {name: a, namespace: n}} | spec.discoveryRef.namespace",
        "ACK_TASK_GATE | {suspend: true} | spec.suspend"
      })
  void shouldRefuseThemWhenKubectlAppliesThem(
      ApiKind kind, String spec, String field, @TempDir Path folder) throws IOException {
    CommandResult applied = apply(kind, spec, folder);

    assertEquals(1, applied.exitCode(), applied::toString);
    assertTrue(applied.stderr().contains("unknown field \"" + field + '"'), applied::toString);
  }

  /** A known field of the other kind: the rule says more than that it is unknown. */
  @Test
  void shouldSayWhatToUseInsteadOfAWorkloadIdentity(@TempDir Path folder) throws IOException {
    CommandResult applied =
        apply(
            ApiKind.CLUSTER_ACK_CONNECTION,
            "{credentials: {workloadIdentity: {serviceAccountName: a}}}",
            folder);

    assertEquals(1, applied.exitCode(), applied::toString);
    assertTrue(
        applied.stderr().contains("workloadIdentity is only for AckConnection: use secretRef"),
        applied::toString);
  }

  /** Applies the least object of {@code kind} with the fields of {@code spec}. */
  private CommandResult apply(ApiKind kind, String spec, Path folder) throws IOException {
    Map<String, Object> whole = ApiObjects.fields(kind.least());
    whole.putAll(ApiObjects.fields(spec));
    Map<String, Object> object =
        Map.of(
            "apiVersion",
            AckTasks.API_VERSION,
            "kind",
            kind.kind(),
            "metadata",
            Map.of("name", "strict"),
            "spec",
            whole);
    Path file = Files.writeString(folder.resolve("strict.yaml"), Serialization.asYaml(object));
    return controlPlane.kubectl("apply", "-f", file.toString());
  }
}
