package dev.acktask.operator;

import dev.acktask.operator.alibaba.AlibabaTaskClient;
import dev.acktask.operator.alibaba.CloudTransport;
import java.time.Clock;

/**
 * Clients of the ACK API and STS. Both share one transport, so that they have the same authorities
 * and deadlines.
 */
record CloudAccess(AlibabaTaskClient client, CloudTransport transport) {
  /** Builds the clients; opens no connection. */
  static CloudAccess of(StartupConfig.Ready ready) {
    CloudTransport transport =
        new CloudTransport(
            ready.config().callTimeout(),
            ready.config().maxResponseBytes(),
            ready.authorities()::sockets,
            ready.proxies());
    return new CloudAccess(
        new AlibabaTaskClient(
            transport,
            ready.endpoint(),
            ready.credentials().connect().apply(transport),
            Clock.systemUTC()),
        transport);
  }

  /** Aborts the calls in flight. */
  void close() {
    transport.close();
  }
}
