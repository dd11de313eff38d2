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
  private static final Map<String, String> LEAST =
      Map.of(
          "AckTask", "{taskId: T-1}",
          "AckConnection", "{regionId: cn-hangzhou, credentials: {secretRef: {name: k}}}",
          "ClusterAckConnection", "{regionId: cn-hangzhou, credentials: {secretRef: {name: k}}}",
          "AckTaskDiscovery", "{clusters: {all: true}}",
          "AckTaskGate", "{mode: AllSucceeded, taskRefs: [{name: a}]}");

  private final ControlPlane controlPlane;

  UnknownFieldsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AckTask | {taskID: T-1} | spec.taskID",
        "AckTask | {connectionRef: {kind: AckConnection, name: a, namespace: n}}"
            + " | spec.connectionRef.namespace",
        "AckConnection | {credentials: {secretRef: {name: k, namespace: n}}}"
            + " | spec.credentials.secretRef.namespace",
        "AckConnection | {credentials: {accessKeyId: k, secretRef: {name: k}}}"
            + " | spec.credentials.accessKeyId",
        "AckConnection | {allowedNamespaces: {from: All}} | spec.allowedNamespaces",
        "AckConnection | {endpoint: 'https://evil.example'} | spec.endpoint",
        "ClusterAckConnection | {credentials: {secretRef: {name: k, namespace: n}}}"
            + " | spec.credentials.secretRef.namespace",
        "AckTaskDiscovery | {connectionRefs: [{kind: AckConnection, name: a, namespace: n}]}"
            + " | spec.connectionRefs[0].namespace",
        "AckTaskDiscovery | {template: {spec: {taskId: T-1}}} | spec.template.spec.taskId",
        "AckTaskDiscovery | {template: {spec: {connectionRef: {name: a}}}}"
            + " | spec.template.spec.connectionRef",
        "AckTaskDiscovery | {template: {metadata: {name: a}}} | spec.template.metadata.name",
        "AckTaskDiscovery | {namespace: other} | spec.namespace",
        "AckTaskGate | {taskRefs: [{name: a, namespace: n}]} | spec.taskRefs[0].namespace",
        "AckTaskGate | {selector: {matchExpressions: []}} | spec.selector.matchExpressions",
        "AckTaskGate | {discoveryRef: {name: a, namespace: n}} | spec.discoveryRef.namespace",
        "AckTaskGate | {suspend: true} | spec.suspend"
      })
  void shouldRefuseThemWhenKubectlAppliesThem(
      String kind, String spec, String field, @TempDir Path folder) throws IOException {
    CommandResult applied = apply(kind, spec, folder);

    assertEquals(1, applied.exitCode(), applied::toString);
    assertTrue(applied.stderr().contains("unknown field \"" + field + '"'), applied::toString);
  }

  /** A known field of the other kind: the rule says more than that it is unknown. */
  @Test
  void shouldSayWhatToUseInsteadOfAWorkloadIdentity(@TempDir Path folder) throws IOException {
    CommandResult applied =
        apply(
            "ClusterAckConnection",
            "{credentials: {workloadIdentity: {serviceAccountName: a}}}",
            folder);

    assertEquals(1, applied.exitCode(), applied::toString);
    assertTrue(
        applied.stderr().contains("workloadIdentity is only for AckConnection: use secretRef"),
        applied::toString);
  }

  /** Applies the least object of {@code kind} with the fields of {@code spec}. */
  private CommandResult apply(String kind, String spec, Path folder) throws IOException {
    Map<String, Object> whole = ApiObjects.fields(LEAST.get(kind));
    whole.putAll(ApiObjects.fields(spec));
    Map<String, Object> object =
        Map.of(
            "apiVersion",
            AckTasks.API_VERSION,
            "kind",
            kind,
            "metadata",
            Map.of("name", "strict"),
            "spec",
            whole);
    Path file = Files.writeString(folder.resolve("strict.yaml"), Serialization.asYaml(object));
    return controlPlane.kubectl("apply", "-f", file.toString());
  }
}
