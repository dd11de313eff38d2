package dev.acktask.operator.tracing;

import static dev.acktask.operator.tracing.FinishedTask.stage;
import static dev.acktask.operator.tracing.FinishedTask.succeeded;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acktask.operator.tls.TrustedAuthorities;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spans as received by a collector. */
final class OtlpTracingTest extends OtlpTracingTestCase {
  /** The receiver is the proxy: a collector of that name does not exist. */
  @Test
  void shouldSendThroughTheProxyOfTheEnvironment() {
    // given
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.invalid:4318");
    environment.put("HTTP_PROXY", receiver.endpoint());

    // when
    send(FAILED);

    // then
    assertEquals(3, receiver.spans().size());

    // when
    environment.put("NO_PROXY", ".invalid");
    send(FAILED);

    // then
    assertEquals(3, receiver.spans().size());
  }

  @Test
  void shouldSendATaskAndItsStagesAsOneTrace() {
    // when
    send(FAILED);

    // then
    assertEquals(List.of("/v1/traces"), receiver.paths());
    List<Span> spans = receiver.spans();
    assertEquals(3, spans.size(), spans::toString);
    Span task = spans.stream().filter(s -> s.getParentSpanId().isEmpty()).findFirst().orElseThrow();
    assertSpan(task, "cluster_upgrade", START, END, StatusCode.STATUS_CODE_ERROR);
    assertEquals("TaskFailed", task.getStatus().getMessage());
    assertEquals(
        Map.of(
            "k8s.namespace.name", "team-a",
            "acktask.name", "upgrade-cluster",
            "acktask.task_id", FinishedTask.TASK_ID,
            "acktask.cluster_id", "c1",
            "acktask.state", "failed",
            "acktask.reason", "TaskFailed",
            "cloud.region", "cn-hangzhou"),
        texts(task.getAttributesList()));

    List<Span> stages = spans.stream().filter(span -> !span.equals(task)).toList();
    assertSpan(
        stages.get(0), "success", START, "2026-01-02T02:51:00Z", StatusCode.STATUS_CODE_UNSET);
    assertSpan(
        stages.get(1),
        "failed",
        "2026-01-02T02:51:00Z",
        "2026-01-02T02:59:30Z",
        StatusCode.STATUS_CODE_ERROR);
    for (Span stage : stages) {
      assertEquals(task.getTraceId(), stage.getTraceId());
      assertEquals(task.getSpanId(), stage.getParentSpanId());
      assertEquals("acktask.stage_number", stage.getAttributes(0).getKey());
      assertEquals(stages.indexOf(stage) + 1, stage.getAttributes(0).getValue().getIntValue());
    }
    assertFalse(spans.toString().contains("a message of the cloud"), spans::toString);
  }

  @Test
  void shouldSendEachTaskAsASeparateTrace() {
    send(FAILED, succeeded(START, END));
    List<Span> roots =
        receiver.spans().stream().filter(span -> span.getParentSpanId().isEmpty()).toList();
    assertEquals(2, roots.size());
    assertEquals(2, roots.stream().map(Span::getTraceId).distinct().count());
    assertEquals(StatusCode.STATUS_CODE_UNSET, roots.get(1).getStatus().getCode());
  }

  @ParameterizedTest
  @CsvSource({
    ",                 ,                                 acktask-operator",
    "mine,             ,                                 mine",
    ",                 'service.name=theirs,team=a',     theirs",
    "mine,             service.name=theirs,              mine",
  })
  void shouldNameTheServiceFromTheEnvironment(String name, String attributes, String service) {
    if (name != null) {
      environment.put("OTEL_SERVICE_NAME", name);
    }
    if (attributes != null) {
      environment.put("OTEL_RESOURCE_ATTRIBUTES", attributes);
    }
    send(FAILED);
    Map<String, String> resource =
        texts(receiver.resources().getFirst().getResource().getAttributesList());
    assertEquals(service, resource.get("service.name"));
    assertEquals("1.2.3", resource.get("service.version"));
  }

  @Test
  void shouldPreferTheVariablesForTraces() {
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");
    environment.put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", receiver.endpoint() + "/mine");
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "api-key=Canary7secret");
    send(FAILED);
    assertEquals(List.of("/mine"), receiver.paths());
    assertEquals(List.of("Canary7secret"), receiver.keys());
  }

  @Test
  void shouldSendNothingWhenOff() {
    environment.put("OTEL_SDK_DISABLED", "true");
    send(FAILED);
    assertEquals(List.of(), receiver.paths());
  }

  /** Classes that are not loaded start no thread. */
  @Test
  void shouldNotNeedOpenTelemetryWhenOff() throws Exception {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    List<URL> without = new ArrayList<>();
    for (String entry : entries) {
      if (!entry.contains("opentelemetry")) {
        without.add(Path.of(entry).toUri().toURL());
      }
    }
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(without.toArray(URL[]::new), platform)) {
      Class<?> loaded = loader.loadClass(Tracing.class.getName());
      Object off =
          loaded
              .getMethod(
                  "fromEnvironment",
                  Map.class,
                  ZoneId.class,
                  loader.loadClass(TrustedAuthorities.class.getName()),
                  String.class)
              .invoke(null, Map.of(), ZONE, null, "1.2.3");
      loaded.getMethod("close").invoke(off);
      assertEquals("NoTracing", off.getClass().getSimpleName());
    }
  }

  private static void assertSpan(
      Span span, String name, String start, String end, StatusCode status) {
    assertEquals(name, span.getName());
    assertEquals(nanos(start), span.getStartTimeUnixNano());
    assertEquals(nanos(end), span.getEndTimeUnixNano());
    assertEquals(status, span.getStatus().getCode());
  }

  private static long nanos(String time) {
    return TimeUnit.SECONDS.toNanos(Instant.parse(time).getEpochSecond());
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(toMap(KeyValue::getKey, attribute -> attribute.getValue().getStringValue()));
  }
}
