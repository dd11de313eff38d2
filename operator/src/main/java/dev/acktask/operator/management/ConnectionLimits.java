package dev.acktask.operator.management;

import java.time.Duration;

/**
 * Connection limits of one port.
 *
 * @param total maximum number of connections of all clients
 * @param perAddress maximum number of connections of one client address, at most {@code total}
 * @param head deadline from the accept to the end of the request head; received bytes do not extend
 *     it
 * @param whole deadline from the end of the request head to the end of the response
 */
public record ConnectionLimits(int total, int perAddress, Duration head, Duration whole) {
  /**
   * For probes. No limit per address, because the kubelet shares the address of the node with all
   * clients in the node's network.
   */
  public static final ConnectionLimits HEALTH =
      new ConnectionLimits(128, 128, Duration.ofSeconds(5), Duration.ofSeconds(5));

  /** For a few Prometheus servers, whose scrapes time out after ten seconds by default. */
  public static final ConnectionLimits METRICS =
      new ConnectionLimits(128, 8, Duration.ofSeconds(5), Duration.ofSeconds(15));
}
