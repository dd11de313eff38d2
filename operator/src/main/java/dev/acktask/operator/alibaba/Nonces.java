package dev.acktask.operator.alibaba;

import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Words that no request carried before: the cloud refuses one that it has seen. They need not be
 * hard to guess, since a signature covers each; so the random part, about 90 bits, is drawn once,
 * and the rest counts. It begins anew after four thousand million requests, when the first ones
 * have been forgotten for days: the cloud refuses a request that is older than 15 minutes.
 */
final class Nonces implements Supplier<String> {
  private static final int RANDOM_DIGITS = 24;

  private final String prefix =
      UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM_DIGITS);
  private final AtomicInteger count = new AtomicInteger();

  @Override
  public String get() {
    return prefix + HexFormat.of().toHexDigits(count.getAndIncrement());
  }
}
