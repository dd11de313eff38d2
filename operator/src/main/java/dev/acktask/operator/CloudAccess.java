package dev.acktask.operator;

import dev.acktask.operator.alibaba.AlibabaTaskClient;
import dev.acktask.operator.alibaba.CloudTransport;
import java.time.Clock;

/**
 * The way to the cloud. The ACK API and STS are reached through one transport, so that both have
 * the same authorities and deadlines.
 */
record CloudAccess(AlibabaTaskClient client, CloudTransport transport) {
  /** Opens nothing yet. */
  static CloudAccess of(Preparation.Ready ready) {
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

  /** Drops the calls that are under way. */
  void close() {
    transport.close();
  }
}
