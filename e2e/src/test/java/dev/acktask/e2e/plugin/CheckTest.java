package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} concludes from the answers of an API server. */
class CheckTest {
  private static final String NONE = "{\"items\": []}";
  private static final String FORBIDDEN = "error: Error from server (Forbidden): no";

  @TempDir Path folder;

  @Test
  void shouldPrintTheGoldenFile() throws IOException {
    CommandResult check =
        Plugin.in(folder)
            .answering(
                kinds("acktasks", "acktaskgates", "acktaskdiscoveries", "ackconnections"),
                schema("stageTransitions"),
                deployment(2),
                lease("2026-03-05T02:29:55Z"),
                Plugin.object("list"),
                connection("AckConnection", "data", "False", "CredentialsRefused"),
                connection("ClusterAckConnection", "prod", "True", "Answered"),
                "{\"items\": [{\"metadata\": {\"name\": \"acktask-operator\"}, \"spec\":"
                    + " {\"groups\": [{\"rules\": [{\"alert\": \"A\"}, {\"record\": \"b\"}]}]}}]}")
            .run("check");

    assertEquals(1, check.exitCode(), check::toString);
    new GeneratedFile(Plugin.RESOURCES.resolve("golden/check.txt")).assertIs(check.stdout());
  }

  /** A rehearsal has the Deployment of its simulator beside that of the operator. */
  @Test
  void shouldSelectTheDeploymentsOfTheOperatorAlone() throws IOException {
    Plugin plugin = Plugin.in(folder).answering(kinds("acktasks"), FORBIDDEN);

    plugin.run("check");

    assertTrue(
        plugin.calls().stream()
            .filter(call -> call.contains("deployments.apps"))
            .allMatch(call -> call.contains("app.kubernetes.io/component=operator")),
        plugin.calls()::toString);
    assertTrue(plugin.calls().toString().contains("deployments.apps"), plugin.calls()::toString);
  }

  @Test
  void shouldNotFailForWhatMayNotBeRead() throws IOException {
    CommandResult check = Plugin.in(folder).answering(kinds("acktasks"), FORBIDDEN).run("check");

    assertEquals(0, check.exitCode(), check::toString);
    assertTrue(check.stdout().contains("warn  the Deployment of the operator"), check::toString);
    assertTrue(check.stdout().contains("warn  PrometheusRules"), check::toString);
  }

  @Test
  void shouldFailWhenNoReplicaRenewsTheLease() throws IOException {
    CommandResult check =
        Plugin.in(folder)
            .answering(
                kinds("acktasks"), schema("x"), deployment(1), lease("2026-03-05T02:20:00Z"), NONE)
            .run("check");

    assertEquals(1, check.exitCode(), check::toString);
    assertTrue(check.stdout().contains("renewed 10m 00s ago: no replica works"), check::toString);
    assertTrue(check.stdout().contains("warn  the CRD of AckTask is older"), check::toString);
  }

  @Test
  void shouldFailWhenTheKindsAreMissing() throws IOException {
    CommandResult check =
        Plugin.in(folder)
            .answering("error: Error from server (NotFound): the server could not find it")
            .run("check");

    assertEquals(1, check.exitCode(), check::toString);
    assertTrue(check.stdout().contains("does not serve acktask.dev/v1alpha1"), check::toString);
  }

  @Test
  void shouldFailWhenAnAckTaskIsNotObserved() throws IOException {
    String old =
        Plugin.object("list").replace("\"2026-03-05T02:29:30Z\"", "\"2026-03-05T02:00:00Z\"");

    CommandResult check =
        Plugin.in(folder)
            .answering(kinds("acktasks"), schema("x"), NONE, NONE, old, NONE)
            .run("check");

    assertEquals(1, check.exitCode(), check::toString);
    assertTrue(check.stdout().contains("for example install-addon"), check::toString);
  }

  @Test
  void shouldFailWhenAnAnswerCannotBeRead() throws IOException {
    CommandResult check = Plugin.in(folder).answering("<html></html>").run("check");

    assertEquals(1, check.exitCode(), check::toString);
  }

  /** A check that ends early must not report that nothing failed. */
  @Test
  void shouldFailWhenTheCheckIsCutShort() throws IOException {
    CommandResult check =
        Plugin.in(folder).answering(kinds("acktasks"), schema("x"), "kill").run("check");

    assertEquals(1, check.exitCode(), check::toString);
    assertTrue(check.stdout().contains("did not come to its end"), check::toString);
  }

  @Test
  void shouldPrintNothingOfTheCloudRaw() throws IOException {
    CommandResult check =
        Plugin.in(folder)
            .answering(
                kinds("acktasks"),
                schema("x"),
                NONE,
                NONE,
                Plugin.object("list"),
                connection("AckConnection", "data", "False", "\\u001b[2J\\tx\\nfail"))
            .run("check");

    assertTrue(
        Stream.of(check.stdout(), check.stderr())
            .flatMapToInt(String::chars)
            .noneMatch(c -> c != '\n' && Character.isISOControl(c)),
        check::toString);
    assertTrue(check.stdout().contains("[2J x fail"), check::toString);
  }

  private static String kinds(String... names) {
    return List.of(names).stream()
        .map("{\"name\": \"%s\"}"::formatted)
        .collect(Collectors.joining(",", "{\"resources\": [", "]}"));
  }

  private static String schema(String field) {
    return "{\"components\": {\"schemas\": {\"AckTask\": {\"properties\": {\"status\":"
        + " {\"properties\": {\"%s\": {}}}}}}}}".formatted(field);
  }

  private static String deployment(int ready) {
    return """
        {"items": [{"metadata": {"name": "acktask-operator",
          "labels": {"app.kubernetes.io/version": "0.1.0"}},
          "spec": {"replicas": 2}, "status": {"readyReplicas": %d}}]}
        """
        .formatted(ready);
  }

  private static String lease(String renewed) {
    return """
        {"items": [{"metadata": {"name": "acktask-operator"},
          "spec": {"holderIdentity": "acktask-operator-0", "renewTime": "%s"}}]}
        """
        .formatted(renewed);
  }

  private static String connection(String kind, String name, String ready, String reason) {
    return """
        {"items": [{"kind": "%s", "metadata": {"name": "%s"}, "status": {"conditions":
          [{"type": "Ready", "status": "%s", "reason": "%s", "message": "The key is disabled."}]}}]}
        """
        .formatted(kind, name, ready, reason);
  }
}
