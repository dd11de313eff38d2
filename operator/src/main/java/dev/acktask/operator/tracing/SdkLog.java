package dev.acktask.operator.tracing;

import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/**
 * Brings what the SDK logs, which uses the JDK's logging, into the operator's own log, one line
 * each.
 */
final class SdkLog extends Handler {
  private static final org.slf4j.Logger log = LoggerFactory.getLogger(SdkLog.class);

  /** A collector may answer with a whole page. */
  private static final int SHOWN = 300;

  /** Held, because the JDK forgets a logger, and with it what was set, that nobody holds. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private final SimpleFormatter format = new SimpleFormatter();

  private SdkLog() {}

  /** From now on; also what the SDK's threads say after its end. */
  static synchronized void attach() {
    if (Arrays.stream(SDK.getHandlers()).noneMatch(SdkLog.class::isInstance)) {
      SDK.setUseParentHandlers(false);
      SDK.addHandler(new SdkLog());
    }
  }

  @Override
  public void publish(LogRecord said) {
    String text = format.formatMessage(said);
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    Throwable thrown = said.getThrown();
    if (said.getLevel().intValue() < Level.WARNING.intValue()) {
      log.debug("OpenTelemetry: {}", shown);
    } else {
      log.warn("OpenTelemetry: {} {}", shown, thrown == null ? "" : thrown.toString());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
