package dev.acktask.operator.tracing;

import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static java.util.logging.Level.INFO;
import static java.util.logging.Level.SEVERE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.acktask.operator.alibaba.Certificates;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.proxy.ConnectProxy;
import dev.acktask.operator.text.Parsed;
import dev.acktask.operator.tls.TrustedAuthorities;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Trust in collectors, and the log lines for an unreachable one. */
final class OtlpCollectorTest {
  private static final AckTaskStatus FAILED =
      FinishedTask.failed("2026-01-02T02:50:00Z", "2026-01-02T03:00:00Z");

  private final Map<String, String> environment = new HashMap<>();

  @Test
  void shouldTrustTheBundleOfTheOperator(@TempDir Path folder) throws Exception {
    Certificates certificates = new Certificates(folder);
    Path file = Files.writeString(folder.resolve("ca.pem"), certificates.authorityPem());
    Parsed<TrustedAuthorities> bundle =
        TrustedAuthorities.parse(
            Map.of("ACKTASK_CA_BUNDLE", file.toString()), InstantSource.system());
    try (OtlpReceiver encrypted = new OtlpReceiver(certificates.good())) {
      environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", encrypted.endpoint());
      send(TrustedAuthorities.ofJdk());
      assertEquals(List.of(), encrypted.paths(), "the JDK does not know this authority");

      send(assertValid(bundle));
      assertEquals(List.of("/v1/traces"), encrypted.paths());
    }
  }

  @Test
  void shouldReachAnEncryptedCollectorThroughAProxyThatAsksForCredentials(@TempDir Path folder)
      throws Exception {
    Certificates certificates = new Certificates(folder);
    Path file = Files.writeString(folder.resolve("ca.pem"), certificates.authorityPem());
    Parsed<TrustedAuthorities> bundle =
        TrustedAuthorities.parse(
            Map.of("ACKTASK_CA_BUNDLE", file.toString()), InstantSource.system());
    // printf 'user:CANARYpass' | base64
    try (OtlpReceiver encrypted = new OtlpReceiver(certificates.good());
        ConnectProxy proxy = new ConnectProxy().asking("Basic dXNlcjpDQU5BUllwYXNz")) {
      String host = encrypted.endpoint().replace("https://127.0.0.1", "cloud.test");
      environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "https://" + host);
      environment.put("HTTPS_PROXY", "http://user:CANARYpass@127.0.0.1:" + proxy.port());
      send(assertValid(bundle));
      assertEquals(List.of("/v1/traces"), encrypted.paths());
      assertTrue(proxy.heads().getLast().startsWith("CONNECT " + host), proxy.heads()::toString);
    }
  }

  @Test
  void shouldUseTheCertificatesOfTheStandardVariablesInsteadOfTheBundle() {
    assertFalse(new TracingEnvironment(environment).namesCertificates());
    for (String variable :
        List.of("OTEL_EXPORTER_OTLP_CERTIFICATE", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY")) {
      assertTrue(new TracingEnvironment(Map.of(variable, "/x")).namesCertificates());
    }
  }

  @Test
  void shouldLogAFailureOfTheSdkInOneLine() {
    // given: a bridge that is attached twice
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    OpenTelemetryLogBridge.attach();
    OpenTelemetryLogBridge.attach();

    // when
    captureInto(
        log,
        printed,
        () -> {
          var sdk = java.util.logging.Logger.getLogger("io.opentelemetry.x");
          sdk.log(SEVERE, "y".repeat(1_000), new IllegalStateException("refused"));
          sdk.log(INFO, "a detail");
        });

    // then
    assertEquals(1, log.list.size(), log.list::toString);
    ILoggingEvent line = log.list.getFirst();
    assertEquals(Level.WARN, line.getLevel());
    assertEquals("io.opentelemetry.x", line.getLoggerName());
    assertTrue(line.getFormattedMessage().startsWith("OpenTelemetry: yyy"), line::toString);
    assertTrue(line.getFormattedMessage().endsWith("IllegalStateException: refused"));
    assertTrue(line.getFormattedMessage().length() < 400, line::toString);
    assertNull(line.getThrowableProxy());
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
  }

  /** Runs {@code action} with all log events in {@code log} and stderr in {@code printed}. */
  private static void captureInto(
      ListAppender<ILoggingEvent> log, ByteArrayOutputStream printed, Runnable action) {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    PrintStream console = System.err;
    log.start();
    root.addAppender(log);
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(console);
      root.detachAppender(log);
    }
  }

  private void send(TrustedAuthorities authorities) {
    try (Tracing tracing = Tracing.fromEnvironment(environment, null, authorities, "1.2.3")) {
      tracing.finished(FinishedTask.object(), FAILED);
    }
  }
}
