package dev.acktask.operator.tracing;

import static dev.acktask.operator.tracing.FinishedTask.failed;
import static dev.acktask.operator.tracing.FinishedTask.object;
import static dev.acktask.operator.tracing.FinishedTask.stage;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.tls.TrustedAuthorities;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A collector, and an environment that names its address. */
abstract class OtlpTracingTestCase {
  static final String START = "2026-01-02T02:50:00Z";
  static final String END = "2026-01-02T03:00:00Z";
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final AckTaskStatus FAILED =
      failed(
          START,
          END,
          stage("success", "2026-01-02 10:50:00", "2026-01-02 10:51:00"),
          stage("failed", "2026-01-02 10:51:00", "2026-01-02 10:59:30"));

  final Map<String, String> environment = new HashMap<>();
  OtlpReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new OtlpReceiver();
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint());
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  Tracing tracing() {
    return Tracing.fromEnvironment(environment, ZONE, TrustedAuthorities.ofJdk(), "1.2.3");
  }

  /** Traces the statuses and waits until all are sent. */
  void send(AckTaskStatus... finished) {
    try (Tracing tracing = tracing()) {
      for (AckTaskStatus status : finished) {
        tracing.finished(object(), status);
      }
    }
  }
}
