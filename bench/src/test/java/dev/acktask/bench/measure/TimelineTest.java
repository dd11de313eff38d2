package dev.acktask.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong now = new AtomicLong();
  private final Timeline timeline = new Timeline(2, now::get);

  @Test
  void shouldMeasureBothLagsWhenAChangeIsObserved() {
    // when
    timeline.changed(0, 1);
    now.set(2 * SECOND);
    timeline.served(0, 1);
    now.set(5 * SECOND);
    timeline.observed(0, 1);

    // then
    assertEquals(5, timeline.changeToObserved(IntStream.of(0)).seconds(1));
    assertEquals(3, timeline.servedToObserved(IntStream.of(0)).seconds(1));
  }

  @Test
  void shouldStillMissATaskWhenAnOlderVersionIsObserved() {
    timeline.observed(0, 0);
    assertEquals(1, timeline.unobserved());
    timeline.changed(0, 1);
    timeline.observed(0, 0);
    assertEquals(2, timeline.unobserved());
  }

  @Test
  void shouldKeepTheFirstTimeWhenAVersionIsObservedAgain() {
    timeline.changed(1, 1);
    now.set(SECOND);
    timeline.observed(1, 1);
    now.set(9 * SECOND);
    timeline.observed(1, 1);
    assertEquals(1, timeline.changeToObserved(IntStream.of(1)).seconds(1));
  }
}
