package dev.acktask.operator.tracing;

import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Brings what the SDK logs through the JDK into the operator's own log: one bounded line each, a
 * warning at most, because a collector that is down is no error of the operator.
 */
final class OpenTelemetryLogBridge extends SLF4JBridgeHandler {
  /** Characters; a collector may answer with a whole page. */
  private static final int MAX_MESSAGE = 300;

  /** Held, because the JDK forgets a logger and its handlers when nothing refers to it. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private final SimpleFormatter format = new SimpleFormatter();

  private OpenTelemetryLogBridge() {}

  /**
   * Takes over the loggers of the SDK only, and keeps their records from the JDK's console handler.
   * Attached for good: threads of the SDK log after its end, too.
   */
  static synchronized void attach() {
    if (Arrays.stream(SDK.getHandlers()).noneMatch(OpenTelemetryLogBridge.class::isInstance)) {
      SDK.setUseParentHandlers(false);
      SDK.addHandler(new OpenTelemetryLogBridge());
    }
  }

  @Override
  public void publish(LogRecord logged) {
    String text = format.formatMessage(logged);
    String shown = text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) + "…" : text;
    Throwable thrown = logged.getThrown();
    boolean isSevere = logged.getLevel().intValue() > Level.WARNING.intValue();
    LogRecord line =
        new LogRecord(
            isSevere ? Level.WARNING : logged.getLevel(),
            "OpenTelemetry: " + shown + (thrown == null ? "" : " " + thrown));
    line.setLoggerName(logged.getLoggerName());
    super.publish(line);
  }
}
