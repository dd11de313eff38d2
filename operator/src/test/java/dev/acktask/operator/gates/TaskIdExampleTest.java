package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that creates an AckTask from the response of a call, with several responses. */
final class TaskIdExampleTest {
  private static final Path FOLDER = Example.ROOT.resolve("07-task-id");

  @TempDir private Path scratch;

  private record Result(int exitCode, String stdout, String stderr) {}

  @BeforeEach
  void needsItsTools() {
    assumeTrue(isOnThePath("bash") && isOnThePath("jq"), "needs bash and jq on the PATH");
  }

  @Test
  void shouldCarryTaskAndClusterWhenTheAnswerNamesBoth() throws Exception {
    // when
    Result result = run(FOLDER.resolve("answers/upgrade-cluster.json"), "upgrade");

    // then
    assertEquals(0, result.exitCode(), result::toString);
    JsonNode object = Example.allIn(result.stdout()).get(0);
    assertEquals("AckTask", object.get("kind").asText());
    assertEquals("upgrade", object.at("/metadata/name").asText());
    assertEquals("T-000000000000000000000a01", object.at("/spec/taskId").asText());
    assertEquals("c00000000000000000000000000000001", object.at("/spec/clusterId").asText());
  }

  @Test
  void shouldReadTheOtherSpellingOfTheTaskId() throws Exception {
    Result result = run(FOLDER.resolve("answers/run-node-operation.json"), "operation");

    assertEquals(0, result.exitCode(), result::toString);
    JsonNode spec = Example.allIn(result.stdout()).get(0).get("spec");
    assertEquals("{\"taskId\":\"T-000000000000000000000a02\"}", spec.toString());
  }

  @Test
  void shouldFailWhenTheAnswerNamesNoTask() throws Exception {
    assertRefused(run(FOLDER.resolve("answers/modify-addon.json"), "addon"), "names no task");
  }

  @Test
  void shouldFailWhenTheCallFailed() throws Exception {
    for (String answer :
        new String[] {"", "ERROR: SDK.ServerError", "[]", "{\"task_id\": 1}", "{"}) {
      Path file = Files.writeString(scratch.resolve("answer"), answer);

      assertRefused(run(file, "upgrade"), "");
    }
  }

  @Test
  void shouldPrintTheUsageWithoutAName() throws Exception {
    Result result = run(FOLDER.resolve("answers/upgrade-cluster.json"));

    assertEquals(64, result.exitCode());
    assertTrue(result.stdout().startsWith("Usage:"), result::toString);
  }

  private static void assertRefused(Result result, String reason) {
    assertNotEquals(0, result.exitCode(), result::toString);
    assertEquals("", result.stdout());
    assertTrue(result.stderr().contains(reason), result::toString);
  }

  private Result run(Path answer, String... arguments) throws IOException, InterruptedException {
    Path stdout = scratch.resolve("stdout");
    Path stderr = scratch.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder("bash", FOLDER.resolve("acktask-for.sh").toString());
    builder.command().addAll(Arrays.asList(arguments));
    Process process =
        builder
            .redirectInput(answer.toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile())
            .start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the script does not end");
    return new Result(
        process.exitValue(),
        Files.readString(stdout, StandardCharsets.UTF_8),
        Files.readString(stderr, StandardCharsets.UTF_8));
  }

  private static boolean isOnThePath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
