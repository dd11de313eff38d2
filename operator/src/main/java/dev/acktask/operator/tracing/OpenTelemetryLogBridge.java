package dev.acktask.operator.tracing;

import dev.acktask.operator.text.BoundedText;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Routes the JDK log records of the OpenTelemetry SDK to the operator's log: one bounded line each,
 * and at most a warning, because a collector outage is not an error of the operator.
 */
final class OpenTelemetryLogBridge extends SLF4JBridgeHandler {
  /** In characters; a collector may respond with a whole page. */
  private static final int MAX_MESSAGE = 300;

  /** A strong reference; otherwise the JDK may discard the logger and its handlers. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private final SimpleFormatter format = new SimpleFormatter();

  private OpenTelemetryLogBridge() {}

  /**
   * Attaches to the loggers of the SDK only, in place of the console handler of the JDK. It stays
   * attached, because threads of the SDK also log after its shutdown.
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
    String shortened = BoundedText.of(text, MAX_MESSAGE);
    Throwable thrown = logged.getThrown();
    boolean isSevere = logged.getLevel().intValue() > Level.WARNING.intValue();
    LogRecord line =
        new LogRecord(
            isSevere ? Level.WARNING : logged.getLevel(),
            "OpenTelemetry: " + shortened + (thrown == null ? "" : " " + thrown));
    line.setLoggerName(logged.getLoggerName());
    super.publish(line);
  }
}
