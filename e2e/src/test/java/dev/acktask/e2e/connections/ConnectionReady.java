package dev.acktask.e2e.connections;

import dev.acktask.e2e.cluster.ControlPlane;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;

/**
 * The condition Ready of a connection; the parts are empty without it.
 *
 * @param status True, False or Unknown
 */
record ConnectionReady(String status, String reason, String message) {
  private static final Duration ATMOST = Duration.ofSeconds(60);
  private static final String READY = "{.status.conditions[?(@.type==\"Ready\")].%s}";
  private static final String PARTS =
      READY.formatted("status")
          + "|"
          + READY.formatted("reason")
          + "|"
          + READY.formatted("message");

  /** Of an AckConnection. */
  static ConnectionReady await(
      ControlPlane controlPlane, String namespace, String name, String reason) {
    return awaitOf(controlPlane, reason, "-n", namespace, "get", "ackconnection", name);
  }

  /** Of a ClusterAckConnection. */
  static ConnectionReady awaitInCluster(ControlPlane controlPlane, String name, String reason) {
    return awaitOf(controlPlane, reason, "get", "clusterackconnection", name);
  }

  private static ConnectionReady awaitOf(ControlPlane controlPlane, String reason, String... get) {
    return Awaitility.await(String.join(" ", get))
        .atMost(ATMOST)
        .until(() -> of(controlPlane, get), ready -> ready.reason.equals(reason));
  }

  private static ConnectionReady of(ControlPlane controlPlane, String... get) {
    String[] command = Arrays.copyOf(get, get.length + 2);
    command[get.length] = "-o";
    command[get.length + 1] = "jsonpath=" + PARTS;
    String[] parts = controlPlane.kubectl(command).orThrow().split("\\|", 3);
    return new ConnectionReady(parts[0], parts[1], parts[2]);
  }
}
