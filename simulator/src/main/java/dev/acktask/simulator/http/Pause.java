package dev.acktask.simulator.http;

import java.io.IOException;
import java.time.Duration;

/** Waiting that the end of the server ends. */
@FunctionalInterface
interface Pause {
  /**
   * Returns after {@code time}.
   *
   * @throws IOException when the server closes meanwhile
   */
  void await(Duration time) throws IOException;
}
