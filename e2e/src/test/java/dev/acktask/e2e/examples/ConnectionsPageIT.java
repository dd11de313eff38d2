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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands and manifests of docs/connections.md, against a real API server. */
@OnControlPlane
class ConnectionsPageIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)\n```(\\w*)\n(.*?)\n```\n");

  private final ControlPlane controlPlane;

  @TempDir private Path scratch;

  private String page;

  ConnectionsPageIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /** The namespaces of the page under names of this test. */
  @BeforeEach
  void readThePage() throws IOException {
    page = Files.readString(Settings.repository().resolve("docs/connections.md"));
    for (String team : List.of("shop", "payments", "data")) {
      String own = controlPlane.createNamespace("page-" + team);
      page =
          page.replaceAll("(-n |namespace: |names: \\[)" + team + "\\b", "$1" + own)
              .replaceAll("(?m)^kubectl create namespace " + team + "\n", "");
    }
  }

  @Test
  void shouldApplyEveryManifest() throws IOException {
    List<String> manifests = blocks("yaml");

    assertTrue(manifests.size() >= 5, () -> manifests.size() + " manifests");
    String namespace = controlPlane.createNamespace("page");
    for (String manifest : manifests) {
      Path file = Files.writeString(scratch.resolve("manifest.yaml"), manifest);
      // AckTasks of other tests would use a connection that is named default.
      CommandResult applied =
          controlPlane.kubectl(
              "apply", "--dry-run=server", "-f", file.toString(), namespaceOf(manifest, namespace));
      assertEquals(0, applied.exitCode(), () -> applied + "\n" + manifest);
    }
  }

  @Test
  void shouldRunEveryCommandThatCreatesRights() throws IOException {
    // given
    StringBuilder script = new StringBuilder("set -euo pipefail\n");
    int commands = 0;
    for (String block : blocks("")) {
      for (String command : block.replace("\\\n", "").lines().toList()) {
        if (command.startsWith("kubectl create ")) {
          script.append(command).append('\n');
          commands++;
        }
      }
    }

    // when
    CommandResult result =
        controlPlane
            .kubectlAs(controlPlane.adminKubeconfig())
            .runScript(Files.writeString(scratch.resolve("commands.sh"), script));

    // then
    assertTrue(commands >= 6, script::toString);
    assertEquals(0, result.exitCode(), () -> result + "\n" + script);
  }

  /** The option for objects without a namespace; kubectl refuses it for those with another one. */
  private static String namespaceOf(String manifest, String namespace) {
    return manifest.contains("  namespace: ") ? "--validate=strict" : "--namespace=" + namespace;
  }

  private List<String> blocks(String language) {
    Matcher block = BLOCK.matcher(page);
    return block
        .results()
        .filter(found -> found.group(1).equals(language))
        .map((MatchResult found) -> found.group(2) + "\n")
        .toList();
  }
}
