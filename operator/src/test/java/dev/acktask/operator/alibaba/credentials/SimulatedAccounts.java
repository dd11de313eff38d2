package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.AddressPolicy;
import dev.acktask.operator.alibaba.AlibabaTaskClient;
import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.CloudTransport;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.tls.TrustedAuthorities;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.OidcTrust;
import dev.acktask.simulator.account.PrincipalTrust;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Region;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.OidcProvider;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.script.Step;
import dev.acktask.simulator.script.TaskScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A simulated cloud with two accounts, and the connections to it. {@link #SHOP} has a task, a key
 * and the role {@link #READER}; {@link #PLATFORM} has a key and the role {@link #TEAM}, which the
 * ServiceAccount {@code shop/team} assumes. Both may assume the reader.
 */
final class SimulatedAccounts implements AutoCloseable {
  static final String SHOP = "1000000000000001";
  static final String PLATFORM = "1000000000000002";
  static final RamArn READER = RamArn.role(SHOP, "reader");
  static final RamArn TEAM = RamArn.role(PLATFORM, "team");
  static final RamArn PROVIDER = RamArn.oidcProvider(PLATFORM, "ack-rrsa-c1");
  static final String EXTERNAL_ID = "CANARY-external";
  static final TaskRef TASK = new TaskRef("T-000000000000000000000b01");

  final TestTime time = new TestTime();
  final FakeSecrets secrets = new FakeSecrets();
  final FakeTokens tokens = new FakeTokens(time::now);
  final Simulator simulator;

  private final CloudTransport transport =
      new CloudTransport(
          Duration.ofSeconds(20),
          Answer.MAX_BYTES,
          TrustedAuthorities.ofJdk()::context,
          ProxyPolicy.DIRECT);
  private final Endpoint endpoint;

  SimulatedAccounts() {
    this(null);
  }

  /**
   * @param clock of the cloud; null for {@link #time}
   */
  SimulatedAccounts(@Nullable InstantSource clock) {
    InstantSource source = clock == null ? time::now : clock;
    try {
      simulator = Simulator.builder().clock(source).account(shop()).account(platform()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    endpoint = new Endpoint(simulator.endpoint(), AddressPolicy.ANY);
    secrets.put("shop", "alibaba", "shopKey", "CANARY-shop");
    secrets.put("acktask-system", "platform", "platformKey", "CANARY-platform");
  }

  private static Account shop() {
    return Account.builder(SHOP)
        .key(AccessKey.of("shopKey", "CANARY-shop"))
        .role(
            Role.of("reader")
                .trusting(
                    new PrincipalTrust(Set.of(PLATFORM), Set.of(), Optional.empty())
                        .withExternalId(EXTERNAL_ID))
                .permitting(Operation.DESCRIBE_TASK_INFO))
        .region(
            Region.of("cn-hangzhou")
                .withTasks(
                    TaskScript.builder(TASK.taskId(), "c1")
                        .taskType("cluster_upgrade")
                        .timeline(List.of(Step.builder(Duration.ZERO).state("running").build()))
                        .build()))
        .build();
  }

  private static Account platform() {
    return Account.builder(PLATFORM)
        .key(AccessKey.of("platformKey", "CANARY-platform"))
        .provider(OidcProvider.of("ack-rrsa-c1", FakeTokens.ISSUER))
        .role(Role.of("team").trusting(OidcTrust.of(PROVIDER, "system:serviceaccount:shop:team")))
        .region(Region.of("cn-hangzhou"))
        .build();
  }

  static CredentialSource secretOfShop() {
    return new CredentialSource.Secret("shop", "alibaba");
  }

  static CredentialSource secretOfPlatform() {
    return new CredentialSource.Secret("acktask-system", "platform");
  }

  static CredentialSource workloadIdentity() {
    return new CredentialSource.WorkloadIdentity(
        "shop", "team", TEAM.toString(), PROVIDER.toString());
  }

  static AssumedRole reader() {
    return AssumedRole.of(READER.toString(), null, EXTERNAL_ID);
  }

  /** The provider of a connection; the operator's own identity is the key of the platform. */
  CredentialProvider provider(CredentialSource source, @Nullable AssumedRole role) {
    CredentialLookup own = Credential.parse("platformKey", "CANARY-platform", null);
    return new ConnectionCredentials(secrets, tokens, () -> own, transport, time.timing())
        .provider(new ConnectionIdentity("AckConnection shop/eu", source, role, endpoint));
  }

  /** The result of one poll of the task of the shop. */
  TaskLookup poll(CredentialProvider credentials) {
    return new AlibabaTaskClient(transport, endpoint, credentials, time::now).describe(TASK);
  }

  static String state(TaskLookup lookup) {
    return lookup instanceof TaskLookup.Found found ? found.task().state() : lookup.toString();
  }

  /** Accounts of the requests that the simulator served, in order; empty for an unknown key. */
  List<String> served() {
    return simulator.served().stream().map(r -> r.accountId().orElse("")).toList();
  }

  /** Requests to STS. */
  long sessions() {
    return simulator.served().stream().filter(SimulatedAccounts::isOfSts).count();
  }

  private static boolean isOfSts(RequestRecord served) {
    return served.requestLine().startsWith("POST /");
  }

  @Override
  public void close() {
    transport.close();
    simulator.close();
  }
}
