package dev.acktask.simulator.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.oidc.TokenIssuer;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.script.TaskScript;
import dev.acktask.simulator.signature.Credential;
import dev.acktask.simulator.yaml.YamlException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format of an accounts file, and the messages for everything else. */
class AccountsParserTest {
  private static final String ID = "1000000000000001";

  @TempDir private Path folder;

  private AccountsConfig parse(String yaml) {
    return AccountsParser.parse("x.yaml", yaml, folder);
  }

  /** One account with these further lines. */
  private Account account(String lines) {
    return parse("accounts:\n  - id: " + ID + "\n" + lines.indent(4)).accounts().get(0);
  }

  private String complaint(String yaml) {
    return assertThrows(YamlException.class, () -> parse(yaml)).getMessage();
  }

  private String accountComplaint(String lines) {
    return assertThrows(YamlException.class, () -> account(lines)).getMessage();
  }

  @Test
  void shouldFillInDefaultsWhenOnlyTheNecessaryIsGiven() {
    AccountsConfig config = parse("accounts: [{id: 1000000000000001}]");
    assertEquals(Optional.empty(), config.defaultRegion());
    assertEquals(Optional.empty(), config.sessionLifetime());
    assertEquals(List.of(Account.builder(ID).build()), config.accounts());
  }

  @Test
  void shouldReadTheDefaultsOfAllAccounts() {
    AccountsConfig config =
        parse("{defaultRegion: cn-beijing, sessionLifetime: 2m, accounts: [{id: " + ID + "}]}");
    assertEquals(Optional.of("cn-beijing"), config.defaultRegion());
    assertEquals(Optional.of(Duration.ofMinutes(2)), config.sessionLifetime());
  }

  @Test
  void shouldReadKeysWithTheirPermissions() {
    Account account =
        account(
            """
            throttle: 2s
            keys:
              - {id: writer, secret: canary-1}
              - {id: reader, secret: canary-2, may: [DescribeTaskInfo], disabled: true}
            """);
    assertEquals(Optional.of(Duration.ofSeconds(2)), account.throttle());
    assertEquals(
        List.of(
            AccessKey.of("writer", "canary-1"),
            new AccessKey(
                Credential.of("reader", "canary-2"), Set.of(Operation.DESCRIBE_TASK_INFO), false)),
        account.keys());
  }

  @Test
  void shouldReadARoleThatTrustsTokens() {
    Account account =
        account(
            """
            oidcProviders: [{name: ack-rrsa-c1, issuer: https://oidc.example/c1}]
            roles:
              - name: operator
                oidc: {provider: ack-rrsa-c1, subjects: ["system:serviceaccount:a:b"]}
            """);
    assertEquals(
        List.of(
            Role.of("operator")
                .trusting(
                    OidcTrust.of(account.providerArn("ack-rrsa-c1"), "system:serviceaccount:a:b"))),
        account.roles());
  }

  @Test
  void shouldReadARoleThatTrustsCallers() {
    Account account =
        account(
            """
            roles:
              - name: reader
                trusts:
                  accounts: [1000000000000002]
                  roles: ["acs:ram::1000000000000003:role/operator"]
                  externalId: team-7
                may: [DescribeTaskInfo, AssumeRole]
                maxSession: 2h
                refused: true
            """);
    assertEquals(
        List.of(
            Role.of("reader")
                .trusting(
                    new PrincipalTrust(
                        Set.of("1000000000000002"),
                        Set.of("acs:ram::1000000000000003:role/operator"),
                        Optional.of("team-7")))
                .permitting(Operation.DESCRIBE_TASK_INFO, Operation.ASSUME_ROLE)
                .withMaxSession(Duration.ofHours(2))
                .refused(true)),
        account.roles());
  }

  @Test
  void shouldReadTheKeysOfAnIssuerFromTheirFile() throws Exception {
    Files.writeString(folder.resolve("jwks.json"), new TokenIssuer("key-1").jwks());
    Account account =
        account("oidcProviders: [{name: p, issuer: https://i.example, jwks: jwks.json}]");
    assertTrue(account.providers().get(0).keys().isPresent());
  }

  @Test
  void shouldReadClustersAndTasksOfARegion() throws Exception {
    // given
    Files.writeString(folder.resolve("one.yaml"), script("T-1"));

    // when
    Account account =
        account(
            """
            regions:
              - id: cn-hangzhou
                clusters:
                  - {id: c1}
                  - {id: c2, name: blue, type: Kubernetes, version: "1.34", state: upgrading, history: 3}
                scripts: [one.yaml]
                tasks:
                  - {taskId: T-2, clusterId: c1, taskType: t, timeline: [{at: 0s, state: running}]}
            """);

    // then
    Region region = account.regions().get(0);
    assertEquals("cn-hangzhou", region.id());
    assertEquals(
        List.of(Cluster.of("c1"), new Cluster("c2", "blue", "Kubernetes", "1.34", "upgrading", 3)),
        region.clusters());
    assertEquals(List.of("T-1", "T-2"), region.tasks().stream().map(TaskScript::taskId).toList());
  }

  @Test
  void shouldReadPlansAndTheBehaviourOfLists() {
    // given
    Account account =
        account(
            """
            regions:
              - id: cn-hangzhou
                plans:
                  - {id: P-1, clusterId: c1}
                  - {id: P-2, clusterId: c1, taskId: T-1, start: "2026-01-02T03:00:00+08:00"}
                lists: {order: random, maxPageSize: 50}
            """);

    // then
    Region region = account.regions().get(0);
    Instant start = Instant.parse("2026-01-01T19:00:00Z");
    assertEquals(
        List.of(
            MaintenancePlan.of("P-1", "c1"),
            MaintenancePlan.of("P-2", "c1").withTask("T-1").withStart(start)),
        region.plans());
    assertEquals(ListBehaviour.Order.RANDOM, region.lists().order());
    assertEquals(50, region.lists().paging().maxPageSize());
  }

  @Test
  void shouldRefuseAPlanWithATimeWithoutZone() {
    String plan = "[{id: P-1, clusterId: c1, start: \"2026-01-02 03:00\"}]";
    String complaint = accountComplaint("regions: [{id: cn-hangzhou, plans: " + plan + "}]\n");
    assertTrue(complaint.contains("'start' is '2026-01-02 03:00', expected a time"), complaint);
  }

  private static String script(String taskId) {
    return "{taskId: %s, clusterId: c1, taskType: t, timeline: [{at: 0s, state: running}]}"
        .formatted(taskId);
  }

  @Test
  void shouldNameFilePlaceAndKnownKeysWhenKeyIsUnknown() {
    assertEquals(
        "x.yaml: unknown key 'account'; known keys: defaultRegion, sessionLifetime, accounts",
        complaint("account: []"));
    assertEquals(
        "x.yaml: accounts[0].keys[0]: unknown key 'secrets'; known keys: id, secret, may, disabled",
        accountComplaint("keys: [{id: a, secrets: b}]"));
  }

  @Test
  void shouldNameThePlaceInAnInlineTask() {
    assertEquals(
        "x.yaml: accounts[0].regions[0].tasks[0]: 'taskId' is missing",
        accountComplaint("regions: [{id: cn-hangzhou, tasks: [{clusterId: c1}]}]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "accounts: []|'accounts' needs at least one account",
        "accounts: [{}]|accounts[0]: 'id' is missing",
        "accounts: [{id: 7}]|accounts[0]: 'id' is '7', expected 16 digits; invent them",
        "accounts: [{id: 1000000000000000}]|the default account; expected another id",
        "accounts: [{id: 1000000000000001}, {id: 1000000000000001}]"
            + "|accounts[1]: the account '1000000000000001' is given twice",
        "{defaultRegion: beijing, accounts: [{id: 1000000000000001}]}"
            + "|'defaultRegion' is 'beijing', expected the id of a region, such as cn-hangzhou",
        "{sessionLifetime: soon, accounts: [{id: 1000000000000001}]}"
            + "|'sessionLifetime' is 'soon', expected a duration such as 30s"
      })
  void shouldComplainAboutTheFile(String yaml, String message) {
    assertTrue(complaint(yaml).contains(message), complaint(yaml));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "keys: {id: a}|'keys' is not a list",
        "keys: [{id: a}]|keys[0]: 'secret' is missing",
        "keys: [{id: a, secret: b}, {id: a, secret: c}]|keys[1]: the key 'a' is given twice",
        "keys: [{id: a, secret: b, may: DescribeTaskInfo}]|'may' is not a list",
        "keys: [{id: a, secret: b, may: [[]]}]|'may[0]' is not a single value",
        "keys: [{id: a, secret: b, may: [Delete]}]"
            + "|'may' holds 'Delete', expected some of DescribeTaskInfo, DescribeClusterTasks",
        "keys: [{id: a, secret: b, may: [AssumeRoleWithOIDC]}]|expected some of DescribeTaskInfo",
        "keys: [{id: a, secret: b, disabled: perhaps}]"
            + "|'disabled' is 'perhaps', expected one of [false, true]",
        "oidcProviders: [{name: p}]|oidcProviders[0]: 'issuer' is missing",
        "oidcProviders: [{name: p/q, issuer: i}]|'name' is 'p/q', expected",
        "oidcProviders: [{name: p, issuer: i, jwks: none.json}]|none.json: cannot be read",
        "roles: [{name: r}, {name: r}]|roles[1]: the role 'r' is given twice",
        "roles: [{name: r, oidc: {provider: p, subjects: []}}]"
            + "|roles[0].oidc: 'provider' is 'p', expected one of this account's oidcProviders",
        "roles: [{name: r, trusts: {}}]|roles[0].trusts: needs 'accounts', 'roles' or both",
        "roles: [{name: r, trusts: {accounts: [7]}}]|'accounts' holds '7', expected 16 digits",
        "roles: [{name: r, trusts: {roles: [operator]}}]"
            + "|'roles' holds 'operator', expected acs:ram::<account>:role/<name>",
        "regions: [{id: hangzhou}]|regions[0]: 'id' is 'hangzhou', expected the id of a region",
        "regions: [{id: cn-a}, {id: cn-a}]|regions[1]: the region 'cn-a' is given twice",
        "regions: [{id: cn-a, scripts: [none.yaml]}]|none.yaml: cannot be read"
      })
  void shouldComplainAboutAnAccount(String lines, String message) {
    assertTrue(accountComplaint(lines).contains(message), accountComplaint(lines));
  }

  @Test
  void shouldComplainAboutTheSubjectsOfARole() {
    String roles =
        "oidcProviders: [{name: p, issuer: i}]\nroles: [{name: r, oidc: {provider: p%s}}]";
    assertEquals(
        "x.yaml: accounts[0].roles[0].oidc: 'subjects' is missing",
        accountComplaint(roles.formatted("")));
    assertEquals(
        "x.yaml: accounts[0].roles[0].oidc: 'subjects' holds 'b', expected"
            + " system:serviceaccount:<namespace>:<name>",
        accountComplaint(roles.formatted(", subjects: [b]")));
  }

  @Test
  void shouldComplainAboutATaskThatIsGivenTwice() {
    String tasks = "tasks: [" + script("T-1") + ", " + script("T-1") + "]";
    assertEquals(
        "x.yaml: accounts[0].regions[0]: the task 'T-1' is given twice",
        accountComplaint("regions: [{id: cn-hangzhou, " + tasks + "}]"));
  }

  @Test
  void shouldComplainAboutAFileThatIsNoKeySet() throws Exception {
    Files.writeString(folder.resolve("jwks.json"), "{}");
    String complaint = accountComplaint("oidcProviders: [{name: p, issuer: i, jwks: jwks.json}]");
    assertTrue(complaint.contains("oidcProviders[0]: 'jwks' is "), complaint);
    assertTrue(complaint.contains("a Kubernetes API server serves at /openid/v1/jwks"), complaint);
  }

  @Test
  void shouldNotRevealSecretsWhenPrinted() {
    Account account = account("keys: [{id: a, secret: canary-secret}]");
    assertFalse(account.toString().contains("canary"));
  }
}
