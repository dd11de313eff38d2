package dev.acktask.operator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Runs comparisons in simulated time at the default interval. */
final class InformerCacheCheckTest {
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration PROBE = Duration.ofSeconds(1);

  /** Enough objects for a pause of one minute. */
  private static final Map<String, String> UNCHANGED =
      IntStream.range(0, 6_000).boxed().collect(Collectors.toMap(i -> "object-" + i, i -> "1"));

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(InformerCacheCheck.class);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void shouldReportAWatchThatDeliversNothingWithinThirtySecondsOfAnyChange() {
    // 600 ms: the metadata of more than 10,000 objects
    for (Duration list : new Duration[] {Duration.ZERO, Duration.ofMillis(600)}) {
      for (int second = 0; second < 120; second++) {
        Simulation simulation = new Simulation(list);
        lines.list.clear();
        simulation.runUntil(second);
        simulation.change();
        simulation.runUntil(second + 30);
        assertEquals(1, lines.list.size(), "after a change at second " + second);
      }
    }
  }

  @Test
  void shouldReportASilentWatchBeforeTheExitWhenNoProbeRanInTime() {
    Simulation simulation = new Simulation(Duration.ZERO);
    simulation.nextProbe = Long.MAX_VALUE;
    simulation.change();
    for (int second = 0; simulation.exits == 0; second += 30) {
      simulation.runUntil(second);
    }
    assertEquals(1, lines.list.size());
  }

  @Test
  void shouldReportASilentWatchOfABusyClusterWithinThirtySeconds() {
    for (int second = 40; second < 120; second++) {
      Simulation simulation = new Simulation(Duration.ofMillis(600));
      lines.list.clear();
      simulation.delay = Duration.ofSeconds(1);
      for (int now = 0; now < second; now++) {
        simulation.runUntil(now);
        simulation.change();
      }
      simulation.delay = Duration.ofDays(1); // silent from here on
      for (int now = second; now < second + 30; now++) {
        simulation.runUntil(now);
        simulation.change();
      }
      simulation.runUntil(second + 30);
      assertEquals(1, lines.list.size(), "silent from second " + second);
    }
  }

  @Test
  void shouldListNoMoreThanOnceInAnIntervalWhileNothingChanges() {
    Simulation simulation = new Simulation(Duration.ofMillis(400));
    simulation.runUntil(3600);
    assertTrue(simulation.lists <= 120, () -> simulation.lists + " lists in an hour");
    assertTrue(simulation.lists >= 100, () -> simulation.lists + " lists in an hour");
  }

  @Test
  void shouldListForAThirtiethOfTheTimeAtMostHoweverMuchChanges() {
    Simulation simulation = new Simulation(Duration.ofSeconds(2));
    simulation.delay = Duration.ZERO;
    for (int now = 0; now < 3600; now++) {
      simulation.runUntil(now);
      simulation.change();
    }
    assertTrue(simulation.lists <= 3600 / 60, () -> simulation.lists + " lists in an hour");
  }

  @Test
  void shouldReportNothingWhileTheWatchDeliversLate() {
    Simulation simulation = new Simulation(Duration.ofMillis(100));
    simulation.delay = Duration.ofSeconds(4);
    for (int now = 0; now < 3600; now++) {
      simulation.runUntil(now);
      simulation.change();
    }
    assertEquals(0, lines.list.size());
    assertEquals(0, simulation.exits);
  }

  /** Runs the watchdog as its timer does: a probe each second, and a full check each interval. */
  private static final class Simulation implements ResourceVersionReader {
    private final Duration list;
    private final Watchdog watchdog;
    private final Map<Integer, Long> times = new HashMap<>();
    private long now;
    private long nextCheck = INTERVAL.toNanos();
    private long nextProbe = Duration.ofSeconds(1).toNanos();
    private int latest = 1;
    private int read;
    private int lists;
    private int exits;

    /** Time until the watch delivers a change. */
    private Duration delay = Duration.ofDays(1);

    Simulation(Duration list) {
      this.list = list;
      this.watchdog =
          new Watchdog(
              INTERVAL,
              List.of(),
              new InformerCacheCheck(
                  INTERVAL, this, except -> with(delivered()), state -> {}, () -> false, () -> now),
              () -> now,
              () -> exits++);
    }

    void change() {
      times.put(++latest, now + delay.toNanos());
    }

    void runUntil(int second) {
      long end = Duration.ofSeconds(second).toNanos();
      while (Math.min(nextCheck, nextProbe) <= end) {
        if (nextCheck <= nextProbe) {
          now = Math.max(now, nextCheck);
          watchdog.check();
          nextCheck = now + INTERVAL.toNanos();
        } else {
          now = Math.max(now, nextProbe);
          watchdog.probeWatch();
          nextProbe = now + Duration.ofSeconds(1).toNanos();
        }
      }
      now = Math.max(now, end);
    }

    private static Map<String, String> with(int version) {
      Map<String, String> all = new HashMap<>(UNCHANGED);
      all.put("a", Integer.toString(version));
      return all;
    }

    private int delivered() {
      int version = 1;
      while (times.getOrDefault(version + 1, Long.MAX_VALUE) <= now) {
        version++;
      }
      return version;
    }

    @Override
    public State read(Runnable onPage) {
      lists++;
      now += list.toNanos();
      read = latest;
      return new State(Map.of("team", with(latest)), Map.of());
    }

    @Override
    public String kind() {
      return "AckTask";
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(10);
    }

    @Override
    public boolean mayHaveChanged(Runnable onAnswer) {
      now += latest > read ? 0 : PROBE.toNanos();
      return latest > read;
    }
  }
}
