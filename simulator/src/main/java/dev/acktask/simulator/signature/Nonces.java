package dev.acktask.simulator.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The nonces of late. One is forgotten when its request would be refused for its date anyway, or
 * when there are too many: memory stays bounded whatever comes in.
 */
final class Nonces {
  private static final int MOST = 100_000;

  private final Map<String, Instant> seen = new LinkedHashMap<>();
  private final Duration memory;

  Nonces(Duration memory) {
    this.memory = memory;
  }

  /** False when {@code nonce} was used before. */
  synchronized boolean use(String nonce, Instant now) {
    Iterator<Instant> oldest = seen.values().iterator();
    while (oldest.hasNext() && (oldest.next().plus(memory).isBefore(now) || seen.size() >= MOST)) {
      oldest.remove();
    }
    return seen.putIfAbsent(nonce, now) == null;
  }
}
