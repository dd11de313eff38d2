package dev.acktask.operator.tracing;

import static dev.acktask.operator.tracing.FinishedTask.object;
import static dev.acktask.operator.tracing.FinishedTask.succeeded;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A collector that fails, an object that is invalid and settings that the SDK rejects. */
final class OtlpTracingFailureTest extends OtlpTracingTestCase {
  @Test
  void shouldNeitherBlockNorFailWithoutACollector() {
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");
    assertTimeout(Duration.ofSeconds(10), () -> send(many()));
  }

  @Test
  void shouldNotWaitForACollectorThatDoesNotAnswer() {
    receiver.fallSilent();
    assertTimeout(Duration.ofSeconds(10), () -> send(many()));
  }

  @Test
  void shouldSendFurtherTracesAfterARefusal() {
    receiver.refuse(400);
    environment.put("OTEL_BSP_SCHEDULE_DELAY", "10");
    try (Tracing tracing = tracing()) {
      tracing.finished(object(), FAILED);
      await().until(() -> !receiver.paths().isEmpty());
      receiver.refuse(200);
      tracing.finished(object(), FAILED);
    }
    assertEquals(6, receiver.spans().size());
  }

  @Test
  void shouldNotThrowForAnInvalidObject() {
    try (Tracing tracing = tracing()) {
      tracing.finished(new AckTask(), FAILED);
      AckTask bare = object();
      bare.setMetadata(null);
      tracing.finished(bare, FAILED);
      tracing.finished(object(), succeeded(null, "9998-12-31T00:00:00Z"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT, collector",
    "OTEL_EXPORTER_OTLP_TIMEOUT,  Canary7secret",
    "OTEL_EXPORTER_OTLP_HEADERS,  Canary7secret",
    "OTEL_TRACES_SAMPLER,         sometimes",
    "OTEL_EXPORTER_OTLP_CERTIFICATE, /no/such/file",
  })
  void shouldReportAnInvalidSdkPropertyInOneLine(String variable, String value) {
    environment.put(variable, value);
    String message = assertThrows(IllegalStateException.class, this::tracing).getMessage();
    assertTrue(message.contains("OTEL_") && !message.contains("\n"), message);
    assertFalse(variable.endsWith("HEADERS") && message.contains(value), message);
  }

  /** More spans than the queue holds. */
  private static AckTaskStatus[] many() {
    AckTaskStatus[] all = new AckTaskStatus[2_000];
    Arrays.fill(all, FAILED);
    return all;
  }
}
