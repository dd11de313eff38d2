package dev.acktask.simulator.response;

import java.util.Locale;
import java.util.UUID;

/** Request ids in the cloud's shape: a UUID in capitals. */
public final class RequestIds {
  private RequestIds() {}

  public static String fresh() {
    return UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
  }
}
