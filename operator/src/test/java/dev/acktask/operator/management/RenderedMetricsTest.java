package dev.acktask.operator.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.junit.jupiter.api.Test;

final class RenderedMetricsTest {
  private long now;
  private int scrapes;
  private final RenderedMetrics metrics =
      new RenderedMetrics(
          ExpositionFormats.init().getPrometheusTextFormatWriter(),
          () -> {
            scrapes++;
            return new MetricSnapshots();
          },
          () -> now);

  @Test
  void shouldServeTheSamePageWithinASecondAndANewOneAfterwards() {
    byte[] first = bytesAfter(0);
    assertSame(first, bytesAfter(RenderedMetrics.MAX_AGE.toNanos() - 1));
    assertNotSame(first, bytesAfter(1));
    assertEquals(2, scrapes);
  }

  @Test
  void shouldKeepAFixedNumberOfPagesHoweverManyReadersAreSlow() {
    HandlerResponse first = pageAfter(0);
    for (int reader = 0; reader < 100; reader++) {
      pageAfter(RenderedMetrics.MAX_AGE.toNanos());
    }
    assertEquals(RenderedMetrics.MAX_RENDERINGS, scrapes);
    first.close();
    pageAfter(0);
    assertEquals(RenderedMetrics.MAX_RENDERINGS + 1, scrapes);
  }

  private byte[] bytesAfter(long nanos) {
    try (HandlerResponse page = pageAfter(nanos)) {
      return page.bytes();
    }
  }

  private HandlerResponse pageAfter(long nanos) {
    now += nanos;
    return metrics.page();
  }
}
