package dev.acktask.operator.kubernetes;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;

/** A monitor in simulated time, with the lines that it logs. */
abstract class ApiServerMonitorTestCase {
  static final String WATCH = "/apis/acktask.dev/v1alpha1/acktasks";
  static final Optional<ApiServerFailure> CONNECTED = Optional.empty();
  static final Optional<ApiServerFailure> REFUSED =
      Optional.of(new ApiServerFailure(ApiServerFailure.Kind.UNREACHABLE, "ConnectException"));

  private final Logger logger = (Logger) LoggerFactory.getLogger(ApiServerMonitor.class);
  private long now;
  final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  final ApiServerMonitor monitor = new ApiServerMonitor(() -> now);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  /** Advances the clock and runs a check. */
  void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
    monitor.check();
  }

  /** Logged messages of a level. */
  List<String> texts(Level level) {
    return lines.list.stream()
        .filter(line -> line.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
