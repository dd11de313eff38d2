package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.OperatorMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the operator process with the default heap of the chart, and objects larger than the heap.
 */
@Timeout(300)
final class LargeObjectsTest {
  private static final String HEAP = "-Xmx104m";
  private static final int EDITS = 300;

  @TempDir Path home;
  private @Nullable Process operator;

  /** Parts that users can make large; the objects of each kind together exceed the heap. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
  enum Kind {
    ANNOTATIONS(600, n -> ", \"annotations\": {\"note\": \"" + text(n, 250_000) + "\"}"),
    REFRESH_REQUESTS(
        1_500,
        n ->
            ", \"annotations\": {\"acktask.dev/refresh-requested-at\": \""
                + text(n, 100_000)
                + "\"}"),
    OWNERS(600, n -> ", \"ownerReferences\": [" + repeated(owner(n), 1_000) + "]"),
    FINALIZERS(600, n -> ", \"finalizers\": [" + repeated("\"" + text(n, 200) + "\"", 1_200) + "]"),
    LABELS(600, n -> ", \"labels\": {" + labels(n) + "}"),
    MANAGERS(600, n -> ", \"managedFields\": [" + repeated(manager(n), 1_000) + "]");

    final int count;
    final IntFunction<String> metadata;

    Kind(int count, IntFunction<String> metadata) {
      this.count = count;
      this.metadata = metadata;
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldStartWhenObjectsAreLargerThanTheHeap(Kind kind) throws Exception {
    try (FakeApiServer server =
        new FakeApiServer(
            kind.count, number -> FakeApiServer.task(number, 1, kind.metadata.apply(number)))) {
      start(server);
      awaitStatuses(server, kind.count);
    }
  }

  @Test
  void shouldSurviveEditsThatAreLargerThanTheHeap() throws Exception {
    try (FakeApiServer server = new FakeApiServer(1, number -> FakeApiServer.task(number, 1, ""))) {
      start(server);
      awaitStatuses(server, 1);
      for (int edit = 0; edit < EDITS; edit++) {
        String note = ", \"annotations\": {\"note\": \"" + text(edit, 1_000_000) + "\"}";
        modify(server, FakeApiServer.task(0, 1, note));
      }
      modify(server, FakeApiServer.task(0, 2, ""));
      String status = awaitStatuses(server, 1);
      assertTrue(status.contains("\"observedGeneration\":2"), status);
    }
  }

  @AfterEach
  void stop() {
    if (operator != null) {
      operator.destroyForcibly();
    }
  }

  /** Waits for {@code count} statuses and returns the last; fails at once if the operator exits. */
  private String awaitStatuses(FakeApiServer server, int count)
      throws InterruptedException, IOException {
    BlockingQueue<String> statuses = server.statuses();
    String last = "";
    for (int i = 0; i < count; i++) {
      String status = null;
      while (status == null) {
        status = statuses.poll(1, TimeUnit.SECONDS);
        assertAlive();
      }
      last = status;
    }
    return last;
  }

  private void modify(FakeApiServer server, String object)
      throws InterruptedException, IOException {
    while (!server.modify(object)) {
      assertAlive();
    }
  }

  private void assertAlive() throws IOException {
    assertTrue(
        operator != null && operator.isAlive(), Files.readString(home.resolve("operator.log")));
  }

  private void start(FakeApiServer server) throws IOException {
    Path kubeconfig =
        Files.writeString(
            home.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "%s"}}]
            users: [{name: u, user: {token: x}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """
                .formatted(server.address()));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                OperatorMain.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("operator.log").toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "KUBECONFIG", kubeconfig.toString(),
                "ACKTASK_DEFAULT_REGION", "cn-hangzhou",
                "ACKTASK_MANAGEMENT_PORT", "0",
                "ALIBABA_CLOUD_ACCESS_KEY_ID", "testAccessKeyId",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "testAccessKeySecret"));
    operator = builder.start();
  }

  /** Unique strings whose hashes are distributed like those of random strings. */
  private static String text(int number, int size) {
    String spread = Integer.toHexString(number * 0x9E3779B9);
    return spread + "x".repeat(size) + spread;
  }

  /** With keys and values of the greatest lengths that the API server accepts. */
  private static String labels(int number) {
    return IntStream.range(0, 650)
        .mapToObj(
            label ->
                "\"%s/key-%d\": \"%s\""
                    .formatted(text(number * 1_000 + label, 237), label, "x".repeat(63)))
        .collect(Collectors.joining(","));
  }

  private static String owner(int number) {
    return """
    {"apiVersion": "v1", "kind": "ConfigMap", "name": "%s", "uid": "u"}
    """
        .formatted(text(number, 180));
  }

  private static String manager(int number) {
    return """
    {"manager": "%s", "operation": "Apply", "time": "2026-01-02T03:04:05Z",
     "fieldsType": "FieldsV1", "fieldsV1": {"f:metadata": {"f:labels": {}}}}
    """
        .formatted(text(number, 100));
  }

  private static String repeated(String item, int times) {
    return IntStream.range(0, times).mapToObj(n -> item).collect(Collectors.joining(","));
  }
}
