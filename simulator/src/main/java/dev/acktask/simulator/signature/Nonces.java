package dev.acktask.simulator.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The recently used nonces, at most {@link #MAX_NONCES}. A nonce is dropped once the date of its
 * request is out of the accepted window.
 */
final class Nonces {
  private static final int MAX_NONCES = 100_000;

  private final Map<String, Instant> usedAt = new LinkedHashMap<>();
  private final Duration memory;

  Nonces(Duration memory) {
    this.memory = memory;
  }

  /** False when {@code nonce} was used before. */
  synchronized boolean use(String nonce, Instant now) {
    Iterator<Instant> oldest = usedAt.values().iterator();
    while (oldest.hasNext()
        && (oldest.next().plus(memory).isBefore(now) || usedAt.size() >= MAX_NONCES)) {
      oldest.remove();
    }
    return usedAt.putIfAbsent(nonce, now) == null;
  }
}
