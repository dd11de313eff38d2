package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** The objects that {@code mirror} creates or finds, and how flags are read. */
class MirrorTest {
  private static final String CLUSTER = "c0000000000000000000000000000a001";

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
        "status x --events 51",
        "tree --all-namespaces=no",
        "refresh x --no-wait=no"
      })
  void shouldExitWith64WhenUsedWrongly(String arguments) {
    CommandResult result = Plugin.in(folder).run(arguments.split(" ", -1));

    assertEquals(64, result.exitCode(), result::toString);
  }

  /** As a discovery has created it, which names the cluster and the connection. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " --cluster-id " + CLUSTER,
        " --connection cackc/prod",
        " --connection cackc/prod --cluster-id " + CLUSTER
      })
  void shouldAcceptTheObjectOfADiscovery(String options) throws IOException {
    CommandResult result = mirrorExisting("T-000000000000000000000a01" + options);

    assertEquals(0, result.exitCode(), result::toString);
    assertEquals(
        "acktask/upgrade-web-pool exists already, with ClusterAckConnection/prod\n",
        result.stdout());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "T-000000000000000000000A01",
        "T-000000000000000000000a01 --cluster-id another",
        "T-000000000000000000000a01 --connection cackc/another",
        "T-000000000000000000000a01 --connection ackc/prod"
      })
  void shouldRefuseANameThatIsTakenByAnotherTask(String arguments) throws IOException {
    CommandResult result = mirrorExisting(arguments);

    assertEquals(1, result.exitCode(), result::toString);
    assertEquals("", result.stdout());
  }

  @Test
  void shouldReadTheValueOfAFlag() throws IOException {
    // given
    String list = Plugin.object("list");
    Plugin all = Plugin.in(Files.createDirectory(folder.resolve("all"))).answering(list);
    Plugin one = Plugin.in(Files.createDirectory(folder.resolve("one"))).answering(list);

    // when
    all.run("timeline", "--all-namespaces=true").orThrow();
    one.run("timeline", "-A", "--all-namespaces=false").orThrow();

    // then
    assertTrue(all.calls().get(0).contains("--all-namespaces"), all.calls()::toString);
    assertFalse(one.calls().get(0).contains("--all-namespaces"), one.calls()::toString);
  }

  private CommandResult mirrorExisting(String arguments) throws IOException {
    return Plugin.in(folder)
        .answering(Plugin.object("running"))
        .refusingToCreate()
        .run(("mirror --name upgrade-web-pool " + arguments).split(" ", -1));
  }

  private JsonNode created() throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve("stdin")));
  }
}
