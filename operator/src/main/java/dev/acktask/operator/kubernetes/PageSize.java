package dev.acktask.operator.kubernetes;

/**
 * The number of objects to ask for in the next page of a list. The size of an object is known only
 * after it was read: the number falls to a quarter when a page exceeds the byte budget, and doubles
 * when a page took less than a quarter of the budget.
 *
 * <p>Not thread-safe; {@link PagedHttpClient} reads one page at a time.
 */
final class PageSize {
  private static final int SHRINK = 4;
  private static final int GROW = 2;

  private final long budget;
  private int most = Integer.MAX_VALUE;

  /**
   * @param budget bytes that one page may take
   */
  PageSize(long budget) {
    this.budget = budget;
  }

  /**
   * The limit of the next page.
   *
   * @param wanted the limit that the caller asked for, at least 1
   */
  int next(int wanted) {
    return Math.max(1, Math.min(wanted, most));
  }

  /**
   * Bytes that a page of {@code limit} objects may take. A single object is always read: the API
   * server bounds it (3 MiB for a request, 1.5 MiB in etcd by default).
   */
  long budget(int limit) {
    return limit == 1 ? Long.MAX_VALUE : budget;
  }

  /** Records that a page of {@code limit} objects exceeded its budget. */
  void overflowed(int limit) {
    most = Math.max(1, limit / SHRINK);
  }

  /** Records that a page of {@code limit} objects took {@code bytes}. */
  void fitted(int limit, long bytes) {
    if (bytes > budget) {
      most = 1;
    } else if (limit >= most && bytes < budget / SHRINK) {
      most = most > Integer.MAX_VALUE / GROW ? Integer.MAX_VALUE : most * GROW;
    }
  }
}
