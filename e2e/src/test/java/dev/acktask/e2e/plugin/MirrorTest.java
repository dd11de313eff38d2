package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.cluster.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The objects that {@code mirror} creates, and what {@code refresh} takes as an answer. */
class MirrorTest {
  @TempDir Path folder;

  @Test
  void shouldNameTheObjectAsADiscoveryDoes() throws IOException {
    Plugin.in(folder).run("mirror", "T-0A1b").orThrow();

    JsonNode created = created();
    assertEquals("t-0a1b", created.at("/metadata/name").asText());
    assertEquals("{\"taskId\":\"T-0A1b\"}", created.get("spec").toString());
  }

  @Test
  void shouldSetClusterConnectionAndName() throws IOException {
    Plugin.in(folder)
        .run("mirror", "t1", "--name", "x", "--cluster-id=c1", "--connection", "cackc/prod")
        .orThrow();

    assertEquals("x", created().at("/metadata/name").asText());
    assertEquals(
        "{\"taskId\":\"t1\",\"clusterId\":\"c1\","
            + "\"connectionRef\":{\"kind\":\"ClusterAckConnection\",\"name\":\"prod\"}}",
        created().get("spec").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mirror",
        "mirror a_",
        "mirror T/1",
        "mirror -- -x",
        "mirror t1 --name UP",
        "mirror t1 --cluster-id a/b",
        "mirror t1 --connection prod",
        "mirror t1 --connection pod/prod",
        "mirror t1 --connection ackc/UP",
        "refresh",
        "refresh gate/x",
        "refresh x --timeout soon",
        "tree x",
        "tree -l a=b",
        "timeline --limit 0",
        "timeline --since yesterday",
        "check x",
        "status x --events 51"
      })
  void shouldExitWith64WhenUsedWrongly(String arguments) {
    CommandResult result = Plugin.in(folder).run(arguments.split(" ", -1));

    assertEquals(64, result.exitCode(), result::toString);
  }

  @Test
  void shouldEndWhenAnotherRequestReplacesTheRefresh() throws IOException {
    String replaced =
        Plugin.object("running")
            .replace(
                "\"creationTimestamp\"",
                "\"annotations\": {\"acktask.dev/refresh-requested-at\": \"later\"},"
                    + " \"creationTimestamp\"");

    CommandResult result = Plugin.in(folder).answering(replaced).run("refresh", "upgrade-web-pool");

    assertEquals(2, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("has replaced"), result::toString);
  }

  @Test
  void shouldNotTakeTheAnswerOfAnotherObjectOfThisName() throws IOException {
    CommandResult result =
        Plugin.in(folder).answering(Plugin.object("succeeded")).run("refresh", "x");

    assertEquals(2, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("was deleted"), result::toString);
  }

  @Test
  void shouldRequestARefreshWithoutWaitingForIt() throws IOException {
    Plugin plugin = Plugin.in(folder);

    plugin.run("refresh", "x", "--no-wait").orThrow();

    assertEquals(1, plugin.calls().size());
    assertTrue(
        plugin.calls().get(0).contains("--overwrite acktask.dev/refresh-requested-at=20"),
        plugin.calls()::toString);
  }

  private JsonNode created() throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve("stdin")));
  }
}
