package dev.acktask.e2e.gates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The argocd command with the health checks of the example. */
final class ArgoCdCli {
  private static final Pattern ANSWER =
      Pattern.compile("(?s)\\s*STATUS: (\\S*)\nMESSAGE: (.*?)\\s*");
  private static final Path HEALTH_CHECKS =
      Settings.repository().resolve("examples/04-argo-cd/argocd-cm.yaml");

  private final Program program;

  ArgoCdCli(Path binary) {
    this.program = new Program(binary);
  }

  /**
   * What Argo CD concludes.
   *
   * @param status such as {@code Healthy}
   */
  record Health(String status, String message) {}

  /** The health of one object. */
  Health health(JsonNode object) {
    try {
      Path folder = Files.createDirectories(Settings.output().resolve("gates/argocd"));
      Path file =
          Files.writeString(
              Files.createTempFile(folder, "object", ".json"), object.toPrettyString());
      Path settings = Files.writeString(folder.resolve("argocd-cm.json"), settings());
      String answer =
          program
              .run(
                  "",
                  "admin",
                  "settings",
                  "resource-overrides",
                  "health",
                  file.toString(),
                  "--argocd-cm-path=" + settings)
              .orThrow();
      Files.delete(file);
      Matcher parts = ANSWER.matcher(answer);
      if (!parts.matches()) {
        throw new IllegalStateException("not an answer about health: " + answer);
      }
      return new Health(parts.group(1), parts.group(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The example is a patch; the command wants the whole ConfigMap. */
  private static String settings() throws IOException {
    ObjectNode patch = Serialization.unmarshal(Files.readString(HEALTH_CHECKS), ObjectNode.class);
    ObjectNode whole = new ObjectMapper().createObjectNode();
    whole.put("apiVersion", "v1").put("kind", "ConfigMap");
    whole.putObject("metadata").put("name", "argocd-cm").putObject("labels");
    whole.withObject("/metadata/labels").put("app.kubernetes.io/part-of", "argocd");
    whole.set("data", patch.get("data"));
    return whole.toString();
  }
}
