package dev.acktask.operator.logging;

import ch.qos.logback.core.PropertyDefinerBase;
import java.util.Map;

/**
 * Chooses between the appenders of {@code logback.xml}. A format that is not known is reported with
 * the other problems of the configuration, and somebody must be able to read that: so it is text.
 */
public final class LogFormat extends PropertyDefinerBase {
  private final Map<String, String> environment;

  /** Used by logback. */
  public LogFormat() {
    this(System.getenv());
  }

  LogFormat(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String getPropertyValue() {
    return "json".equals(environment.get("ACKTASK_LOG_FORMAT")) ? "json" : "text";
  }
}
