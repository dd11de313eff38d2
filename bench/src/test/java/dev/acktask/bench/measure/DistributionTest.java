package dev.acktask.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void shouldTakeTheNearestRankWhenAShareIsRequested() {
    Distribution distribution =
        Distribution.of(LongStream.rangeClosed(1, 100).map(i -> (101 - i) * SECOND));
    assertEquals(50, distribution.seconds(0.5));
    assertEquals(99, distribution.seconds(0.99));
    assertEquals(100, distribution.seconds(1));
  }

  @Test
  void shouldReturnNaNWhenThereIsNoValue() {
    assertEquals(Double.NaN, Distribution.of(LongStream.empty()).seconds(0.5));
  }
}
