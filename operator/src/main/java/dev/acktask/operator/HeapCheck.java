package dev.acktask.operator;

import dev.acktask.operator.alibaba.CloudTransport;
import dev.acktask.operator.config.OperatorConfig;
import java.util.Optional;

/** Checks at start that the heap is large enough for the configured responses. */
final class HeapCheck {
  private static final long MIB = 1024 * 1024;

  private HeapCheck() {}

  /** The problem and its fix in one line, or empty if the heap is large enough. */
  static Optional<String> problem(OperatorConfig config, long maxHeapBytes) {
    long needed =
        CloudTransport.smallestHeap(
            config.calls().maxConcurrent(), config.calls().maxResponseBytes());
    return needed <= maxHeapBytes
        ? Optional.empty()
        : Optional.of(
            ("ACKTASK_MAX_RESPONSE_BYTES %d with ACKTASK_MAX_CONCURRENT_CALLS %d needs a heap of"
                    + " %d MiB, and this one has %d MiB; lower one of them, or give the pod more"
                    + " memory (40 %% of its limit is heap).")
                .formatted(
                    config.calls().maxResponseBytes(),
                    config.calls().maxConcurrent(),
                    Math.ceilDiv(needed, MIB),
                    maxHeapBytes / MIB));
  }
}
