package dev.acktask.operator;

import dev.acktask.operator.alibaba.AlibabaTaskClient;
import dev.acktask.operator.alibaba.CloudTransport;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.credentials.CredentialProvider;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.ConnectionFactory;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.metrics.InstrumentedTaskClient;
import dev.acktask.operator.task.RegionId;
import dev.acktask.operator.text.Parsed;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Creates the connections to the cloud. All share one transport, so that they have the same
 * authorities and deadlines.
 */
final class CloudClients implements ConnectionFactory {
  private final StartupConfig.Ready startup;
  private final CloudTransport transport;
  private final MeterRegistry meters;

  /** Opens no connection. */
  CloudClients(StartupConfig.Ready startup, MeterRegistry meters) {
    this.startup = startup;
    this.meters = meters;
    this.transport =
        new CloudTransport(
            startup.config().calls().timeout(),
            startup.config().calls().maxResponseBytes(),
            startup.authorities()::context,
            startup.proxies());
  }

  /** The connection of the operator's own configuration; empty without a default region. */
  Optional<Connection> builtIn() {
    OperatorConfig.Connection settings = startup.config().connection();
    return startup
        .builtInEndpoint()
        .flatMap(
            endpoint ->
                startup
                    .credentials()
                    .map(
                        identity ->
                            connection(
                                new Connection.Identity(
                                    ConnectionKey.BUILT_IN,
                                    "",
                                    Objects.requireNonNull(settings.region()).id()),
                                endpoint,
                                identity.connect().apply(transport),
                                new RequestBudget(
                                    settings.requestsPerMinute(),
                                    settings.requestBurst(),
                                    System::nanoTime),
                                Set.of())));
  }

  @Override
  public Parsed<Connection> create(ConnectionKey key, String version, ConnectionSpec spec) {
    return new Parsed.Invalid<>(List.of("is not supported yet."));
  }

  /** Aborts the calls in flight. */
  void close() {
    transport.close();
  }

  private Connection connection(
      Connection.Identity identity,
      Endpoint endpoint,
      CredentialProvider credentials,
      RequestBudget budget,
      Set<String> allowedClusterIds) {
    AlibabaTaskClient client =
        new AlibabaTaskClient(transport, endpoint, credentials, Clock.systemUTC());
    return new Connection(
        identity,
        new InstrumentedTaskClient(client, meters, identity.key().label(), identity.regionId()),
        budget,
        allowedClusterIds,
        System::nanoTime);
  }
}
