package dev.acktask.e2e.discovery;

import dev.acktask.e2e.cluster.TeamRights;
import dev.acktask.e2e.connections.ConnectionYaml;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.AccountsConfig;
import dev.acktask.simulator.operation.Operation;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A simulated account with a connection for each of its regions in the namespace of a fixture, and
 * the rights of the operator there.
 */
record ConnectedAccount(OperatorFixture fixture) {
  static final List<String> REGIONS = List.of("cn-hangzhou", "cn-beijing", "cn-shanghai");

  private static final String ID = "1000000000000001";
  private static final String KEY = "LTAI-discoveries";
  private static final String SECRET = "canary-secret-of-discoveries";

  SimulatedRegion region(String regionId) {
    return fixture.cloud().account(ID).region(regionId);
  }

  /** From now on RAM permits nothing else to its key. */
  void permitOnly(Operation... operations) {
    fixture.cloud().account(ID).putKey(AccessKey.of(KEY, SECRET).permitting(operations));
  }

  /** What the chart grants in this namespace. */
  void grant() {
    fixture.grant("discovery: {enabled: true}");
  }

  /** Gives it a key, and the namespace a connection for each region. */
  void connect() {
    Account account = Account.builder(ID).key(AccessKey.of(KEY, SECRET)).build();
    fixture
        .cloud()
        .configure(new AccountsConfig(List.of(account), Optional.empty(), Optional.empty()));
    fixture.recorder().plant(SECRET);
    fixture
        .controlPlane()
        .admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace())
                .withName("key")
                .endMetadata()
                .withStringData(Map.of("accessKeyId", KEY, "accessKeySecret", SECRET))
                .build())
        .create();
    new TeamRights(
            fixture.controlPlane().admin(),
            namespace(),
            TeamRights.serviceAccount(
                OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT))
        .grantSecrets("key");
    for (String region : REGIONS) {
      apply(ConnectionYaml.namespaced(namespace(), region, region).withSecret("key").toString());
    }
  }

  /** Applies an object in YAML. */
  void apply(String yaml) {
    fixture
        .controlPlane()
        .admin()
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .forceConflicts()
        .serverSideApply();
  }

  private String namespace() {
    return fixture.tasks().namespace();
  }
}
