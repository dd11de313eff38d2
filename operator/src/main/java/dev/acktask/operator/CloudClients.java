package dev.acktask.operator;

import dev.acktask.operator.alibaba.AlibabaListClient;
import dev.acktask.operator.alibaba.AlibabaTaskClient;
import dev.acktask.operator.alibaba.CloudEndpoints;
import dev.acktask.operator.alibaba.CloudTransport;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.credentials.ConnectionCredentials;
import dev.acktask.operator.alibaba.credentials.ConnectionIdentity;
import dev.acktask.operator.alibaba.credentials.CredentialLookup;
import dev.acktask.operator.alibaba.credentials.CredentialProvider;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.connection.CloudApi;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.ConnectionFactory;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.connection.RequestBudgets;
import dev.acktask.operator.kubernetes.KubernetesSecrets;
import dev.acktask.operator.kubernetes.KubernetesTokens;
import dev.acktask.operator.metrics.RequestMeters;
import dev.acktask.operator.task.RegionId;
import dev.acktask.operator.text.Parsed;
import io.fabric8.kubernetes.client.KubernetesClient;
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
  private static final String NO_IDENTITY =
      "The operator has no identity of its own. Set spec.credentials of the ClusterAckConnection,"
          + " or configure an identity for the operator.";

  private final StartupConfig.Ready startup;
  private final CloudTransport transport;
  private final RequestMeters meters;
  private final String operatorNamespace;
  private final Optional<CredentialProvider> operator;
  private final ConnectionCredentials credentials;
  private final RequestBudgets budgets = new RequestBudgets(System::nanoTime);

  /**
   * Opens no connection.
   *
   * @param kubernetes reads Secrets and requests tokens
   */
  CloudClients(StartupConfig.Ready startup, MeterRegistry meters, KubernetesClient kubernetes) {
    this.startup = startup;
    this.meters = new RequestMeters(meters, RequestMeters.MAX_CONNECTIONS);
    this.operatorNamespace = Objects.requireNonNullElse(kubernetes.getNamespace(), "default");
    this.transport =
        new CloudTransport(
            startup.config().calls().timeout(),
            startup.config().calls().maxResponseBytes(),
            startup.authorities()::context,
            startup.proxies());
    this.operator = startup.credentials().map(identity -> identity.connect().apply(transport));
    this.credentials =
        new ConnectionCredentials(
            new KubernetesSecrets(kubernetes),
            new KubernetesTokens(kubernetes),
            operator.orElse(() -> new CredentialLookup.Missing(NO_IDENTITY)),
            transport);
  }

  /** The connection of the operator's own configuration; empty without a default region. */
  Optional<Connection> builtIn() {
    OperatorConfig.Connection settings = startup.config().connection();
    RegionId region = settings.region();
    Endpoint endpoint = startup.builtInEndpoint().orElse(null);
    if (region == null || endpoint == null || operator.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        connection(
            new Connection.Identity(ConnectionKey.BUILT_IN, "", region.id()),
            endpoint,
            operator.get(),
            budgets.create(settings.requestsPerMinute(), settings.requestBurst(), Optional.empty()),
            Set.of()));
  }

  @Override
  public Parsed<Connection> create(ConnectionKey key, String version, ConnectionSpec spec) {
    return switch (ConnectionSettings.parse(key, spec, operatorNamespace)) {
      case Parsed.Invalid<ConnectionSettings> invalid -> new Parsed.Invalid<>(invalid.problems());
      case Parsed.Valid<ConnectionSettings> valid -> create(key, version, valid.value());
    };
  }

  private Parsed<Connection> create(
      ConnectionKey key, String version, ConnectionSettings settings) {
    RegionId region = settings.region();
    CloudEndpoints endpoints = startup.endpoints();
    Endpoint api = endpoints.api().endpoint(region, settings.isPublicNetwork()).orElse(null);
    Endpoint sts = endpoints.sts().endpoint(region, settings.isPublicNetwork()).orElse(null);
    if (api == null || sts == null) {
      return new Parsed.Invalid<>(
          List.of("has the spec.regionId \"" + region.id() + "\"; no host name can contain it."));
    }
    CredentialProvider provider =
        credentials.provider(
            new ConnectionIdentity(key.toString(), settings.source(), settings.role(), sts));
    return new Parsed.Valid<>(
        connection(
            new Connection.Identity(key, version, region.id()),
            api,
            provider,
            budgets.create(
                settings.budget().requestsPerMinute(),
                settings.budget().burst(),
                settings.account()),
            settings.allowedClusterIds()));
  }

  @Override
  public void release(ConnectionKey key) {
    meters.remove(key.label());
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
    return new Connection(
        identity,
        api(identity, endpoint, credentials),
        budget,
        allowedClusterIds,
        System::nanoTime,
        credentials::account);
  }

  private CloudApi api(
      Connection.Identity identity, Endpoint endpoint, CredentialProvider credentials) {
    String label = identity.key().label();
    String region = identity.regionId();
    Clock clock = Clock.systemUTC();
    return new CloudApi(
        meters.instrument(
            new AlibabaTaskClient(transport, endpoint, credentials, clock), label, region),
        meters.instrument(
            new AlibabaListClient(transport, endpoint, new RegionId(region), credentials, clock),
            label,
            region));
  }
}
