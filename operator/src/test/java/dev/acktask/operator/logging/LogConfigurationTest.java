package dev.acktask.operator.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Uses a separate logger context; {@code OperatorMainTest} covers the process. */
final class LogConfigurationTest {
  private static final String FORGED = "Cloud says\n2026-11-26T00:00:00.000Z ERROR forged\r\nend";

  @Test
  void shouldKeepAnEventOnOneLineWhenRemoteTextHasSeveral() {
    String line = written(Map.of(), FORGED);
    assertEquals(1, line.lines().count(), line);
    assertTrue(line.contains("Cloud says 2026-11-26"), line);
  }

  @Test
  void shouldKeepAnEventInOneObjectWhenRemoteTextHasSeveralLines() throws Exception {
    String line = written(Map.of("ACKTASK_LOG_FORMAT", "json"), FORGED);
    assertEquals(1, line.lines().count(), line);
    JsonNode event = new ObjectMapper().readTree(line);
    assertEquals(FORGED, event.path("message").asText());
    assertEquals("dev.acktask.x", event.path("logger").asText());
    assertFalse(event.has("level_value") || event.has("@version"), line);
  }

  @Test
  void shouldWriteTextAtInfoForUnknownFormatAndLevel() {
    Map<String, String> wrong = Map.of("ACKTASK_LOG_FORMAT", "xml", "ACKTASK_LOG_LEVEL", "loud");
    assertEquals(Level.INFO, configured(wrong).getLogger("dev.acktask").getLevel());
    assertTrue(written(wrong, "a problem").endsWith("INFO  x / a problem \n"));
  }

  @Test
  void shouldLogLibrariesFromWarnUpwards() {
    LoggerContext context = configured(Map.of("ACKTASK_LOG_LEVEL", "trace"));
    assertEquals(Level.TRACE, context.getLogger("dev.acktask.x").getEffectiveLevel());
    assertEquals(Level.WARN, context.getLogger("io.fabric8").getEffectiveLevel());
  }

  @Test
  void shouldLogOpenTelemetryDetailsOnlyAtDebug() {
    assertEquals(
        Level.WARN, configured(Map.of()).getLogger("io.opentelemetry.x").getEffectiveLevel());
    assertEquals(
        Level.DEBUG,
        configured(Map.of("ACKTASK_LOG_LEVEL", "debug"))
            .getLogger("io.opentelemetry.x")
            .getEffectiveLevel());
  }

  private static LoggerContext configured(Map<String, String> environment) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    LogConfiguration configuration = new LogConfiguration(environment);
    configuration.setContext(context);
    assertEquals(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY, configuration.configure(context));
    return context;
  }

  private static String written(Map<String, String> environment, String message) {
    Logger logger = configured(environment).getLogger("dev.acktask.x");
    var console =
        (ConsoleAppender<?>)
            logger.getLoggerContext().getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
    LoggingEvent event =
        new LoggingEvent(Logger.class.getName(), logger, Level.INFO, message, null, null);
    return new String(encode(console, event), StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static byte[] encode(ConsoleAppender<?> console, LoggingEvent event) {
    return ((ConsoleAppender<LoggingEvent>) console).getEncoder().encode(event);
  }
}
