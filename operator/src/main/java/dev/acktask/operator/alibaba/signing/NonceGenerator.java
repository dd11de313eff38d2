package dev.acktask.operator.alibaba.signing;

import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Generates nonces that never repeat: the cloud rejects a repeated one. They may be predictable,
 * because a signature covers each: the random part, about 90 bits, is drawn once, and the rest is a
 * counter. It wraps around after 2^32 requests, when a repetition is harmless: the cloud rejects a
 * request that is older than 15 minutes.
 */
public final class NonceGenerator implements Supplier<String> {
  private static final int RANDOM_DIGITS = 24;

  private final String prefix =
      UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM_DIGITS);
  private final AtomicInteger count = new AtomicInteger();

  @Override
  public String get() {
    return prefix + HexFormat.of().toHexDigits(count.getAndIncrement());
  }
}
