package dev.acktask.operator.management;

import java.time.Duration;

/**
 * What the clients of one port may hold open.
 *
 * @param total connections of all clients together
 * @param perAddress connections of one client address, at most {@code total}
 * @param head from the accept to the last byte of the request head; no byte extends it
 * @param whole from the end of the request head to the last byte of the response
 */
public record ConnectionLimits(int total, int perAddress, Duration head, Duration whole) {
  /**
   * For probes. They have no limit per address: the kubelet connects from the address of the node,
   * and so does everything else that runs in the node's network.
   */
  public static final ConnectionLimits HEALTH =
      new ConnectionLimits(128, 128, Duration.ofSeconds(5), Duration.ofSeconds(5));

  /** For Prometheus: a few servers, whose scrapes time out after ten seconds by default. */
  public static final ConnectionLimits METRICS =
      new ConnectionLimits(128, 8, Duration.ofSeconds(5), Duration.ofSeconds(15));
}
