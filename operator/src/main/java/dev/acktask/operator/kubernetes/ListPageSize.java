package dev.acktask.operator.kubernetes;

/**
 * Number of objects to request in the next page of a list. The size of an object is unknown until
 * it is read. The number falls to a quarter when a page exceeds the byte budget, and doubles when a
 * page takes less than a quarter of the budget.
 *
 * <p>Not thread-safe; {@link PagedHttpClient} reads one page at a time.
 */
final class ListPageSize {
  private static final int SHRINK = 4;
  private static final int GROW = 2;

  private final long budget;
  private int maxLimit = Integer.MAX_VALUE;

  /**
   * @param budget maximum size of one page in bytes
   */
  ListPageSize(long budget) {
    this.budget = budget;
  }

  /**
   * The limit of the next page.
   *
   * @param wanted the limit that the caller asked for, at least 1
   */
  int next(int wanted) {
    return Math.max(1, Math.min(wanted, maxLimit));
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
    maxLimit = Math.max(1, limit / SHRINK);
  }

  /** Records that a page of {@code limit} objects took {@code bytes}. */
  void fitted(int limit, long bytes) {
    if (bytes > budget) {
      maxLimit = 1;
    } else if (limit >= maxLimit && bytes < budget / SHRINK) {
      maxLimit = maxLimit > Integer.MAX_VALUE / GROW ? Integer.MAX_VALUE : maxLimit * GROW;
    }
  }
}
