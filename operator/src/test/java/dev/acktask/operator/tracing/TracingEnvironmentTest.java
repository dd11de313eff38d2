package dev.acktask.operator.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TracingEnvironmentTest {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT,        http://collector:4318, true",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, http://collector:4318/v1/traces, true",
    "OTEL_TRACES_EXPORTER,               otlp,  true",
    "OTEL_TRACES_EXPORTER,               none,  false",
    "OTEL_TRACES_EXPORTER,               '',    false",
    "OTEL_EXPORTER_OTLP_ENDPOINT,        ' ',   false",
    "OTEL_SERVICE_NAME,                  mine,  false",
    "OTEL_SDK_DISABLED,                  false, false",
    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, http://collector:4318, false",
  })
  void shouldBeOffUnlessTracesAreRequested(String variable, String value, boolean on) {
    assertEquals(on, new TracingEnvironment(Map.of(variable, value)).isTracingEnabled());
  }

  @Test
  void shouldBeSwitchedOffWhateverElseIsSet() {
    for (Map.Entry<String, String> off :
        Map.of("OTEL_SDK_DISABLED", "TRUE", "OTEL_TRACES_EXPORTER", "none").entrySet()) {
      Map<String, String> environment = new HashMap<>(Map.of(ENDPOINT, "http://u:p@c:4317"));
      environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
      environment.put(off.getKey(), off.getValue());
      TracingEnvironment tracing = new TracingEnvironment(environment);
      assertFalse(tracing.isTracingEnabled(), off::toString);
      assertEquals(List.of(), tracing.problems(), off::toString);
    }
  }

  @Test
  void shouldReportAllInvalidValuesWithoutSecrets() {
    List<String> problems =
        new TracingEnvironment(
                Map.of(
                    ENDPOINT,
                    "http://user:Canary7secret@collector:4318",
                    "OTEL_TRACES_EXPORTER",
                    "zipkin",
                    "OTEL_EXPORTER_OTLP_PROTOCOL",
                    "grpc"))
            .problems();
    assertEquals(3, problems.size(), problems::toString);
    assertTrue(problems.get(0).startsWith("OTEL_TRACES_EXPORTER "), problems::toString);
    assertTrue(problems.get(1).startsWith("OTEL_EXPORTER_OTLP_PROTOCOL "), problems::toString);
    assertTrue(problems.get(2).startsWith(ENDPOINT + " "), problems::toString);
    assertFalse(problems.toString().contains("Canary7secret"), problems::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Canary7secret",
        "=Canary7secret",
        "a=b,Canary7secret",
        "api key=Canary7secret",
        "api-key=Canary7secret%0d%0aHost: x",
        "api-key=Canary7secret%",
        "api-key=Canary7secret\u20ac",
      })
  void shouldRefuseHeadersThatCannotBeSentAndEchoNone(String headers) {
    List<String> problems = headerProblems(headers);
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.getFirst().startsWith("OTEL_EXPORTER_OTLP_HEADERS "), problems::toString);
    assertFalse(problems.toString().contains("Canary7secret"), problems::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-key=x", "a=b, c = d,", "Authorization=Bearer%20x==", "empty="})
  void shouldAcceptValidHeaders(String headers) {
    assertEquals(List.of(), headerProblems(headers));
  }

  private static List<String> headerProblems(String headers) {
    return new TracingEnvironment(
            Map.of(ENDPOINT, "http://collector:4318", "OTEL_EXPORTER_OTLP_HEADERS", headers))
        .problems();
  }

  @Test
  void shouldPassTheVariablesToTheSdkForTracesOnly() {
    Map<String, String> properties =
        new TracingEnvironment(
                Map.of(
                    ENDPOINT,
                    " http://collector:4318 ",
                    "OTEL_EXPORTER_OTLP_TIMEOUT",
                    "1000",
                    "OTEL_METRICS_EXPORTER",
                    "prometheus",
                    "OTEL_LOGS_EXPORTER",
                    "otlp",
                    "OTEL_PROPAGATORS",
                    "b3",
                    "OTEL_SERVICE_NAME",
                    "",
                    "PATH",
                    "/bin"))
            .properties();
    assertEquals(
        Map.of(
            "otel.exporter.otlp.endpoint", "http://collector:4318",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.exporter.otlp.timeout", "1000",
            "otel.bsp.export.timeout", "5000",
            "otel.traces.exporter", "otlp",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.propagators", "none"),
        properties);
  }
}
