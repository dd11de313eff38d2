package dev.acktask.operator;

import dev.acktask.operator.alibaba.AlibabaTaskClient;
import dev.acktask.operator.alibaba.CloudTransport;
import java.time.Clock;

/**
 * Clients of the ACK API and STS. Both share one transport, so that they have the same authorities
 * and deadlines.
 */
record CloudClients(AlibabaTaskClient client, CloudTransport transport) {
  /** Builds the clients; opens no connection. */
  static CloudClients of(StartupConfig.Ready ready) {
    CloudTransport transport =
        new CloudTransport(
            ready.config().calls().timeout(),
            ready.config().calls().maxResponseBytes(),
            ready.authorities()::context,
            ready.proxies());
    return new CloudClients(
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
