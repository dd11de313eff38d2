package dev.acktask.e2e.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests of docs/discovery.md, and what it says about pruning, on a real API server. */
@OnControlPlane
class DiscoveryPageIT {
  private static final Pattern MANIFESTS = Pattern.compile("(?s)\n```yaml\n(apiVersion.*?)```\n");

  private final ControlPlane controlPlane;

  @TempDir private Path scratch;

  DiscoveryPageIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldApplyEveryManifest() throws IOException {
    String namespace = controlPlane.createNamespace("discovery-page");
    List<String> manifests = manifests();

    assertTrue(manifests.size() >= 4, () -> manifests.size() + " manifests");
    for (String manifest : manifests) {
      Path file = Files.writeString(scratch.resolve("manifest.yaml"), manifest);
      CommandResult applied =
          controlPlane.kubectl(
              "apply", "--dry-run=server", "--validate=strict", "-n", namespace, "-f", "" + file);
      assertEquals(0, applied.exitCode(), () -> applied + "\n" + manifest);
    }
  }

  /** A user with this Role may create a discovery and no AckTask. */
  @Test
  void shouldGrantOnlyDiscoveriesByTheDocumentedRole() throws IOException {
    // given
    String namespace = controlPlane.createNamespace("discovery-role");
    String role = manifests().stream().filter(it -> it.contains("kind: Role\n")).findFirst().get();
    Path file = Files.writeString(scratch.resolve("role.yaml"), role);

    // when
    controlPlane.kubectl("apply", "-n", namespace, "-f", file.toString()).orThrow();
    controlPlane
        .kubectl(
            "create",
            "rolebinding",
            "discoverer",
            "-n",
            namespace,
            "--role=acktask-discoveries",
            "--user=discoverer")
        .orThrow();

    // then
    assertEquals(0, mayDo(namespace, "create", "acktaskdiscoveries"));
    assertEquals(1, mayDo(namespace, "create", "acktasks"));
  }

  /** As {@code kubectl apply --prune} does, tools delete only what they marked as theirs. */
  @Test
  void shouldKeepTheAckTasksWhenTheDiscoveryIsPruned() throws IOException {
    // given
    String namespace = controlPlane.createNamespace("discovery-prune");
    Path first = Files.createDirectory(scratch.resolve("first"));
    Files.writeString(first.resolve("discovery.yaml"), manifests().get(0));
    Files.writeString(first.resolve("settings.yaml"), settings());
    Path second = Files.createDirectory(scratch.resolve("second"));
    Files.writeString(second.resolve("settings.yaml"), settings());
    Path created = Files.writeString(scratch.resolve("created.yaml"), asDiscovered());
    String apply =
        "kubectl apply -n %s --prune --applyset=secret/team -f %%s\n".formatted(namespace);

    // when
    run(
        apply.formatted(first)
            + "kubectl create -n %s -f %s\n".formatted(namespace, created)
            + apply.formatted(second));

    // then
    assertEquals("", names(namespace, "acktaskdiscoveries"));
    assertEquals("acktask.acktask.dev/t-000000000000000000000a01", names(namespace, "acktasks"));
  }

  private void run(String commands) throws IOException {
    Path script =
        Files.writeString(
            scratch.resolve("commands.sh"),
            "set -euo pipefail\nexport KUBECTL_APPLYSET=true\n" + commands);
    CommandResult result = controlPlane.kubectlAs(controlPlane.adminKubeconfig()).runScript(script);
    assertEquals(0, result.exitCode(), result::toString);
  }

  private int mayDo(String namespace, String verb, String resource) {
    return controlPlane
        .kubectl(
            "auth", "can-i", verb, resource + ".acktask.dev", "-n", namespace, "--as=discoverer")
        .exitCode();
  }

  private String names(String namespace, String resource) {
    return controlPlane.kubectl("get", resource, "-n", namespace, "-o=name").orThrow().strip();
  }

  private static String settings() {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n";
  }

  /** As the operator creates it. */
  private static String asDiscovered() {
    return """
        apiVersion: acktask.dev/v1alpha1
        kind: AckTask
        metadata:
          name: t-000000000000000000000a01
          labels: {acktask.dev/discovered-by: all-clusters, team: platform}
          annotations:
            argocd.argoproj.io/compare-options: IgnoreExtraneous
            argocd.argoproj.io/sync-options: Prune=false
        spec: {taskId: T-000000000000000000000a01}
        """;
  }

  private static List<String> manifests() throws IOException {
    String page = Files.readString(Settings.repository().resolve("docs/discovery.md"));
    return MANIFESTS.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();
  }
}
