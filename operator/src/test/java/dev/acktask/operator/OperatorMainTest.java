package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator as a process: output and exit code for its configuration. */
final class OperatorMainTest extends OperatorProcessTestCase {
  @Test
  @Tag("F91")
  void shouldReportAllProblemsAtOnceAndExit1() throws Exception {
    // given
    Map<String, String> environment = new HashMap<>();
    environment.put("ACKTASK_DEFAULT_REGION", "CN hangzhou");
    environment.put("ACKTASK_DEFAULT_POLL_INTERVAL", "15");
    environment.put("ACKTASK_ENDPOINT_PUBLIC", "https://cs.{regoin}.example");
    environment.put("ACKTASK_COLOUR", "green");

    // when
    Run run = run(environment);

    // then
    assertEquals(1, run.exitCode(), run.output());
    List<String> problems = run.lines("Configuration: ");
    assertEquals(5, problems.size(), run.output());
    assertContains(run, "credentials");
    assertContains(run, "ACKTASK_DEFAULT_REGION is \"CN hangzhou\"");
    assertContains(run, "ACKTASK_DEFAULT_POLL_INTERVAL is \"15\"");
    assertContains(run, "{regoin}");
    assertContains(run, "ACKTASK_COLOUR is not a setting");
  }

  @Test
  void shouldRejectHalfACredential() throws Exception {
    // given
    Map<String, String> environment = valid();
    environment.remove("ALIBABA_CLOUD_ACCESS_KEY_ID");

    // when
    Run run = run(environment);

    // then
    assertEquals(1, run.exitCode(), run.output());
    assertEquals(1, run.lines("Configuration: ").size(), run.output());
    assertContains(run, "ALIBABA_CLOUD_ACCESS_KEY_ID");
    assertFalse(run.output().contains(CANARY), run.output());
  }

  @Test
  void shouldReportTracesThatCannotBeSentWithTheOtherProblems() throws Exception {
    // given
    Map<String, String> environment = valid();
    environment.put("ACKTASK_STAGE_TIME_ZONE", "China");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317");
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");

    // when
    Run run = run(environment);

    // then
    assertEquals(1, run.exitCode(), run.output());
    assertEquals(2, run.lines("Configuration: ").size(), run.output());
    assertContains(run, "ACKTASK_STAGE_TIME_ZONE is \"China\"");
    assertContains(run, "OTEL_EXPORTER_OTLP_PROTOCOL is not http/protobuf");
  }

  @Test
  @Tag("F100")
  void shouldRejectAnEndpointThatIsNoPlainHost() throws Exception {
    for (String endpoint :
        List.of(
            "https://cs.{region}.example/path",
            "https://user@cs.{region}.example",
            "https://cs.{region}.example?x=1",
            "https://cs。{region}.example",
            "https://")) {
      Map<String, String> environment = valid();
      environment.put("ACKTASK_ENDPOINT_PUBLIC", endpoint);
      Run run = run(environment);
      assertEquals(1, run.exitCode(), () -> endpoint + ": " + run.output());
      assertEquals(1, run.lines("Configuration: ").size(), () -> endpoint + ": " + run.output());
    }
  }

  @Test
  void shouldNameTheSettingWhenThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Map<String, String> environment = valid();
      environment.put("ACKTASK_MANAGEMENT_PORT", String.valueOf(taken.getLocalPort()));
      Run run = run(environment);
      assertEquals(1, run.exitCode(), run.output());
      assertContains(run, "ACKTASK_MANAGEMENT_PORT " + taken.getLocalPort());
      assertContains(run, "choose another one");
    }
  }

  @Test
  void shouldWriteEachLineAsJsonWhenConfigured() throws Exception {
    // given
    Map<String, String> environment = valid();
    environment.put("ACKTASK_LOG_FORMAT", "json");
    environment.put("ACKTASK_CALL_TIMEOUT", "soon");

    // when
    Run run = run(environment);

    // then
    ObjectMapper json = new ObjectMapper();
    for (String line : run.output().lines().toList()) {
      JsonNode event = json.readTree(line);
      Instant.parse(event.path("time").asText());
      assertTrue(event.has("level") && event.has("message"), line);
    }
    assertContains(run, "\"source\":");
    assertContains(run, "ACKTASK_CALL_TIMEOUT");
  }

  @Test
  void shouldReportAnUnknownLogFormatAsText() throws Exception {
    Map<String, String> environment = valid();
    environment.put("ACKTASK_LOG_FORMAT", "xml");
    Run run = run(environment);
    assertEquals(1, run.exitCode(), run.output());
    assertContains(run, "ACKTASK_LOG_FORMAT");
  }

  /** A missing class is the easiest way to cause an Error from outside. */
  @Test
  @Tag("F86")
  void shouldEndWhenTheMainThreadEndsWithAnError() throws Exception {
    // given
    Map<String, String> environment = valid();
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318");
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    String incomplete =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains(File.separator + "opentelemetry-"))
            .collect(Collectors.joining(File.pathSeparator));

    // when
    Run run = run(environment, incomplete);

    // then
    assertEquals(1, run.exitCode(), run.output());
    assertContains(run, "Metrics and health are served");
    assertContains(run, "The operator could not start: java.lang.NoClassDefFoundError");
  }
}
