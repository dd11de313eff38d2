package dev.acktask.e2e.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kubectl commands of README.md and docs/*.md, on a real API server.
 *
 * <p>The register of the commands names those that run here. Their namespaces are one of this test,
 * {@code NAME} is {@code sample}, and what would change the whole cluster is a dry run.
 */
@OnControlPlane
class PageCommandsIT {
  private static final Path REGISTER =
      Settings.repository().resolve("operator/src/test/resources/docs/commands.yaml");
  private static final String HERE = "PageCommandsIT#shouldRunEachKubectlCommandOfThePages";
  private static final Pattern MANIFEST = Pattern.compile("(?s)\n```yaml\n(.*?\n)```\n");
  private static final Pattern NAMESPACE =
      Pattern.compile("(-n |get namespace )(?:NS|NAMESPACE|ack|shop|payments|acktask-system)\\b");

  private final ControlPlane controlPlane;

  @TempDir private Path scratch;

  PageCommandsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldRunEachKubectlCommandOfThePages() throws IOException {
    // given
    String namespace = controlPlane.createNamespace("page-commands");
    succeed(
        controlPlane.kubectl("apply", "-n", namespace, "-f", write("objects.yaml", OBJECTS)), "");
    settle(namespace);
    List<String> commands = commands();
    List<String> failed = new ArrayList<>();

    // when
    for (String command : commands) {
      CommandResult result = run(command, namespace);
      if (result.exitCode() != 0) {
        failed.add(command + "\n" + result);
      }
    }

    // then
    assertTrue(commands.size() > 30, commands::toString);
    assertEquals(List.of(), failed);
  }

  @Test
  void shouldApplyEveryManifestOfTheReadme() throws IOException {
    String page = Files.readString(Settings.repository().resolve("README.md"));
    List<String> manifests =
        MANIFEST.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();
    String namespace = controlPlane.createNamespace("page-readme");

    assertTrue(manifests.size() >= 2, page);
    for (String manifest : manifests) {
      succeed(
          controlPlane.kubectl("apply", "-n", namespace, "-f", write("manifest.yaml", manifest)),
          manifest);
    }
  }

  /** What the commands name. A dry run would create nothing that can be described. */
  private static final String OBJECTS =
      """
      {apiVersion: acktask.dev/v1alpha1, kind: AckTask, metadata: {name: sample}, spec: {taskId: T-1, suspend: true}}
      ---
      {apiVersion: acktask.dev/v1alpha1, kind: AckTask, metadata: {name: upgrade-web}, spec: {taskId: T-2, suspend: true}}
      ---
      {apiVersion: acktask.dev/v1alpha1, kind: AckTask, metadata: {name: upgrade-shop-pool-1-34}, spec: {taskId: T-3, suspend: true}}
      ---
      {apiVersion: acktask.dev/v1alpha1, kind: AckTask, metadata: {name: t-000000000000000000000a01}, spec: {taskId: T-4, suspend: true}}
      ---
      {apiVersion: acktask.dev/v1alpha1, kind: AckConnection, metadata: {name: sample}, spec: {regionId: cn-hangzhou, suspend: true, credentials: {secretRef: {name: ack-account}}}}
      ---
      {apiVersion: acktask.dev/v1alpha1, kind: ClusterAckConnection, metadata: {name: sample}, spec: {regionId: cn-hangzhou, suspend: true}}
      ---
      {apiVersion: acktask.dev/v1alpha1, kind: AckTaskDiscovery, metadata: {name: sample}, spec: {suspend: true, clusters: {all: true}}}
      ---
      {apiVersion: acktask.dev/v1alpha1, kind: AckTaskGate, metadata: {name: sample}, spec: {mode: AllSucceeded, taskRefs: [{name: sample}]}}
      ---
      {apiVersion: acktask.dev/v1alpha1, kind: AckTaskGate, metadata: {name: cluster-upgraded}, spec: {mode: AllSucceeded, taskRefs: [{name: sample}]}}
      ---
      {apiVersion: acktask.dev/v1alpha1, kind: AckTaskGate, metadata: {name: shop-is-quiet}, spec: {mode: AllSucceeded, taskRefs: [{name: sample}]}}
      ---
      {apiVersion: v1, kind: Secret, metadata: {name: ack-account}}
      ---
      {apiVersion: v1, kind: ServiceAccount, metadata: {name: acktask-operator}}
      ---
      {apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: acktask-operator}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: acktask-operator}
      spec:
        selector: {matchLabels: {a: b}}
        template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: example.com/a}]}}
      """;

  /** The conditions that {@code kubectl wait} of the pages waits for, as no operator runs here. */
  private void settle(String namespace) {
    String status =
        """
        {"status": {"observedGeneration": 1, "conditions": [%s]}}\
        """
            .formatted(
                String.join(",", condition("Settled"), condition("Succeeded"), condition("Ready")));
    for (String object :
        List.of(
            "acktask/upgrade-shop-pool-1-34",
            "acktask/t-000000000000000000000a01",
            "acktaskgate/cluster-upgraded",
            "acktaskgate/shop-is-quiet")) {
      succeed(
          controlPlane.kubectl(
              "patch",
              object,
              "-n",
              namespace,
              "--subresource=status",
              "--type=merge",
              "-p",
              status),
          object);
    }
  }

  private static String condition(String type) {
    return """
        {"type": "%s", "status": "True", "reason": "TaskSucceeded", "message": "Done.",
         "observedGeneration": 1, "lastTransitionTime": "2026-01-02T03:04:05Z"}"""
        .formatted(type);
  }

  private CommandResult run(String command, String namespace) throws IOException {
    String own = NAMESPACE.matcher(command).replaceAll("$1" + namespace);
    own = own.replaceAll("\\bNAME\\b", "sample");
    if (own.startsWith("kubectl create ")) {
      // The object may exist already: the server checks it, and keeps nothing.
      own += " --dry-run=client -o yaml | kubectl apply --dry-run=server -f -";
    } else if (own.startsWith("kubectl apply ")) {
      own += " --dry-run=server";
    }
    String script =
        """
        set -euo pipefail
        kubectl() { command kubectl --namespace=%s "$@"; }
        cd '%s'
        cp -R '%s' .
        %s
        """
            .formatted(namespace, scratch, Settings.repository().resolve("crds"), own);
    return controlPlane
        .kubectlAs(controlPlane.adminKubeconfig())
        .runScript(Files.writeString(scratch.resolve("command.sh"), script));
  }

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (JsonNode entry : new YAMLMapper().readTree(REGISTER.toFile())) {
      if (entry.path("test").asText().equals(HERE)) {
        commands.add(entry.get("command").asText());
      }
    }
    return commands;
  }

  private String write(String file, String content) throws IOException {
    return Files.writeString(scratch.resolve(file), content).toString();
  }

  private static void succeed(CommandResult result, String what) {
    assertEquals(0, result.exitCode(), () -> result + "\n" + what);
  }
}
