package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Log lines of one task at level info. */
final class LogTest extends ReconcilerTestCase {
  private final Logger logger = (Logger) LoggerFactory.getLogger(LogTest.class.getPackageName());
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  @Test
  void shouldLogNothingWhenAPollFindsNothingNew() {
    store.create("u1", SPEC);
    reconcileAndWait();
    log.list.clear();
    for (int poll = 0; poll < 10; poll++) {
      reconcileAndWait();
    }
    assertTrue(cloud.calls.size() > 5, () -> cloud.calls.size() + " calls");
    assertEquals(List.of(), reasons());
  }

  @Test
  void shouldLogOneLineForEachTransition() {
    // when
    store.create("u1", SPEC);
    reconcileAndWait();
    cloud.answer("paused");
    reconcileAndWait();
    cloud.answer("failed");
    reconcileAndWait();
    reconcileAndWait();

    // then
    assertEquals(List.of("TaskRunning", "TaskPaused", "TaskFailed"), reasons());
    assertEquals(
        List.of("Task transition"),
        log.list.stream().map(ILoggingEvent::getMessage).distinct().toList());
  }

  @Test
  void shouldLogOneLineWhenAnOutageBeginsAndOneWhenItEnds() {
    // given
    store.create("u1", SPEC);
    reconcileAndWait();
    log.list.clear();

    // when
    cloud.beUnavailable();
    for (int poll = 0; poll < 10; poll++) {
      reconcileAndWait();
      pass(Duration.ofMinutes(6).toMillis());
    }

    // then
    assertEquals(1, reasons().size(), () -> String.valueOf(reasons()));
    assertEquals(Level.WARN, log.list.get(0).getLevel());

    // when
    cloud.answer("running");
    reconcileAndWait();
    reconcileAndWait();

    // then
    assertEquals("SyncRegained", reasons().get(1));
    assertEquals(2, reasons().size());
  }

  /** The reason of each line, or the line itself if it has none. */
  private List<String> reasons() {
    return log.list.stream()
        .filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
        .map(
            line ->
                line.getKeyValuePairs() == null
                    ? line.getFormattedMessage()
                    : line.getKeyValuePairs().stream()
                        .filter(pair -> pair.key.equals("reason"))
                        .map(pair -> String.valueOf(pair.value))
                        .findFirst()
                        .orElse(line.getFormattedMessage()))
        .toList();
  }
}
