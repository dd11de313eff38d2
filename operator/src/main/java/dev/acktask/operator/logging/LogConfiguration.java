package dev.acktask.operator.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;

/**
 * Logback configuration: one text line or one JSON object per event on standard output. It is code,
 * because a configuration file would cost an XML parser at each start.
 *
 * <p>An unknown format or level falls back to text at info, so that the configuration error itself
 * is readable.
 *
 * <p>The rank is below that of logback's own files, so that {@code -Dlogback.configurationFile}
 * still works.
 */
@ConfiguratorRank(ConfiguratorRank.NOMINAL - 1)
public final class LogConfiguration extends ContextAwareBase implements Configurator {
  // %replace keeps one event on one line, so that remote text cannot forge a log line.
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{0}"
          + " %X{resource.namespace:-}/%X{resource.name:-} %replace(%msg %kvp){'[\\r"
          + "\\n"
          + "]',' '}%n%ex{full}";

  private static final String OMITTED = "[ignore]";

  private final Map<String, String> environment;

  /** Used by logback. */
  public LogConfiguration() {
    this(System.getenv());
  }

  LogConfiguration(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("console");
    console.setEncoder("json".equals(environment.get("ACKTASK_LOG_FORMAT")) ? json() : text());
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    Level level = Level.toLevel(environment.get("ACKTASK_LOG_LEVEL"), Level.INFO);
    context.getLogger("dev.acktask").setLevel(level);
    // Too verbose at info.
    context
        .getLogger("io.opentelemetry")
        .setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.WARN : Level.DEBUG);
    // Warns at every start that v1alpha1 is not v1.
    context
        .getLogger("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils")
        .setLevel(Level.ERROR);
    // Each failed reconcile is logged once, by GuardedReconciler.
    context
        .getLogger("io.javaoperatorsdk.operator.processing.event.EventProcessor")
        .setLevel(Level.ERROR);
    // Quotes header fields of answers in warnings.
    context.getLogger("org.eclipse.jetty.http").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private Encoder<ILoggingEvent> text() {
    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setContext(context);
    lines.setPattern(LINE);
    lines.start();
    return lines;
  }

  private Encoder<ILoggingEvent> json() {
    LogstashFieldNames names = new LogstashFieldNames();
    names.setTimestamp("time");
    names.setLevelValue(OMITTED);
    names.setVersion(OMITTED);
    names.setLogger("logger");
    names.setThread("thread");
    names.setStackTrace("stackTrace");
    LogstashEncoder objects = new LogstashEncoder();
    objects.setContext(context);
    objects.setTimeZone("UTC");
    objects.setFieldNames(names);
    objects.start();
    return objects;
  }
}
