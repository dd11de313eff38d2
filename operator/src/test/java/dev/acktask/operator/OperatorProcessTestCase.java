package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** Runs the operator in a separate process. */
abstract class OperatorProcessTestCase {
  static final String CANARY = "Canary7secret";

  @TempDir Path home;

  /** An environment with all required settings. */
  static Map<String, String> valid() {
    Map<String, String> environment = new HashMap<>();
    environment.put("ACKTASK_DEFAULT_REGION", "cn-hangzhou");
    environment.put("ACKTASK_MANAGEMENT_PORT", "0");
    environment.put("ACKTASK_HEALTH_PORT", "0");
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "testAccessKeyId");
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", CANARY);
    return environment;
  }

  static void assertContains(Run run, String part) {
    assertTrue(run.output.contains(part), () -> part + " is missing in " + run.output);
  }

  /** Exit code and output of a process. */
  record Run(int exitCode, String output) {
    List<String> lines(String mark) {
      return output.lines().filter(line -> line.contains(mark)).toList();
    }
  }

  /** Waits until the process ends. */
  Run run(Map<String, String> environment) throws IOException, InterruptedException {
    return run(environment, System.getProperty("java.class.path"));
  }

  Run run(Map<String, String> environment, String classPath)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(home, "operator", ".log");
    Process process = start(environment, classPath, output);
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process does not end");
      return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  Process start(Map<String, String> environment, String classPath, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + home,
                "-cp",
                classPath,
                OperatorMain.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }
}
