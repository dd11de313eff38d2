package dev.acktask.simulator.http;

import java.io.IOException;
import java.time.Duration;

/** A wait that closing the server interrupts. */
@FunctionalInterface
interface Pause {
  /**
   * Returns after {@code time}.
   *
   * @throws IOException when the server closes meanwhile
   */
  void await(Duration time) throws IOException;
}
