package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ListPageSizeTest {
  private static final long BUDGET = 1_000;

  private final ListPageSize size = new ListPageSize(BUDGET);

  @Test
  void shouldUseTheGivenLimitInitially() {
    assertEquals(500, size.next(500));
    assertEquals(1, size.next(1));
  }

  @Test
  void shouldFallToAQuarterWhenAPageOverflows() {
    size.overflowed(500);
    assertEquals(125, size.next(500));
    size.overflowed(125);
    assertEquals(31, size.next(500));
    assertEquals(10, size.next(10));
  }

  @Test
  void shouldRequestAtLeastOneObjectAfterAnOverflow() {
    size.overflowed(2);
    assertEquals(1, size.next(500));
    assertEquals(Long.MAX_VALUE, size.budget(1));
    assertEquals(BUDGET, size.budget(2));
  }

  @Test
  void shouldGrowWhenAPageTookLessThanAQuarter() {
    size.overflowed(500);
    size.fitted(125, 249);
    assertEquals(250, size.next(500));
    size.fitted(250, 250);
    assertEquals(250, size.next(500));
  }

  @Test
  void shouldNotGrowWhenThePageIsShorterThanTheLimit() {
    size.overflowed(500);
    size.fitted(1, 10);
    assertEquals(125, size.next(500));
  }

  @Test
  void shouldStayAtOneWhenASingleObjectExceedsTheBudget() {
    size.fitted(1, 5_000);
    assertEquals(1, size.next(500));
  }
}
