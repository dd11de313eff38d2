package dev.acktask.e2e.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.requestlog.RequestRecord;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Catalogue F94, F95 and F98: the Secret of an AckConnection. Each test has its own connections.
 */
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
class SecretFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ID = "accessKeyId";
  private static final String SECRET = "accessKeySecret";

  /** Longer than the operator waits at least between two reads of one Secret. */
  private static final int POLLS_UNTIL_READ_AGAIN = 7;

  private final ControlPlane controlPlane;
  private Teams teams;

  SecretFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /**
   * A Secret that cannot be used. The connection and the task have its name.
   *
   * @param secret without a name; null for none
   * @param message a part of the message
   */
  private record Broken(String name, Secret secret, String reason, String message) {}

  @BeforeAll
  void start() {
    teams = Teams.start(controlPlane, "secrets");
    // A change of the Secret is no answer of the cloud, but a reason to write.
    teams
        .fixture()
        .recorder()
        .expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(3));
  }

  @AfterAll
  void close() {
    teams.close();
  }

  @Test
  @Tag("F94")
  @Tag("F98")
  void shouldNameTheSecretAndTheCauseAndRecover() {
    // given
    List<Broken> all =
        List.of(
            new Broken("no-secret", null, "CredentialsMissing", "There is no Secret"),
            new Broken(
                "no-id", Secrets.ofText(Map.of(SECRET, canary("no-id"))), "CredentialsMissing", ID),
            new Broken(
                "empty",
                Secrets.ofText(Map.of(ID, "", SECRET, canary("empty"))),
                "CredentialsMissing",
                ID),
            new Broken(
                "inner-space",
                Secrets.ofText(Map.of(ID, "LTAI", SECRET, canary("a b"))),
                "CredentialsInvalid",
                SECRET),
            new Broken(
                "binary",
                Secrets.ofBytes(
                    Map.of(ID, "LTAI".getBytes(StandardCharsets.UTF_8), SECRET, new byte[] {-1})),
                "CredentialsInvalid",
                "not text in UTF-8"),
            new Broken(
                "large",
                Secrets.ofText(Map.of(ID, "LTAI", SECRET, canary("large").repeat(50_000))),
                "CredentialsInvalid",
                "too large"),
            new Broken(
                "token",
                Secrets.ofServiceAccount(
                    Map.of(ID, "LTAI", SECRET, canary("in-token"), "token", canary("token"))),
                "CredentialsInvalid",
                "of type \"kubernetes.io/service-account-token\""),
            new Broken(
                "no-right",
                Secrets.ofText(Map.of(ID, "LTAI", SECRET, canary("no-right"))),
                "CredentialsMissing",
                "the right to get secrets with the resourceNames [no-right]"));
    List<String> names = all.stream().map(Broken::name).toList();
    grantAllBut("no-right", names);
    all.stream().filter(broken -> broken.secret != null).forEach(this::create);

    // when
    names.forEach(this::follow);

    // then
    for (Broken broken : all) {
      Synced synced = Synced.await(teams.tasks(), broken.name, broken.reason);
      assertEquals("False", synced.status());
      assertTrue(synced.message().contains(broken.message), synced.message());
      assertTrue(synced.message().contains("Secret"), synced.message());
      assertTrue(synced.message().contains(broken.name), synced.message());
      assertTrue(synced.message().contains(teams.tasks().namespace()), synced.message());
      assertEquals(0, teams.fixture().cloud().callCount("T-" + broken.name));
    }

    // when
    teams.rights(teams.tasks()).grantSecrets(names.toArray(String[]::new));
    delete("token"); // the type of a Secret is immutable
    names.forEach(name -> teams.putSecret(namespace(), name, Teams.keyOf(Teams.ACCOUNT_A)));

    // then
    names.forEach(name -> Synced.await(teams.tasks(), name, "Observed"));
  }

  @Test
  @Tag("F94")
  void shouldDropWhiteSpaceAroundTheKey() {
    // given
    teams.rights(teams.others()).grantSecrets("padded");
    teams.putSecret(
        teams.others().namespace(),
        "padded",
        Map.of(
            ID,
            " " + Teams.keyId(Teams.ACCOUNT_B) + "\r\n",
            SECRET,
            "\t" + Teams.keySecret(Teams.ACCOUNT_B) + "\n\n"));
    teams
        .simulated(Teams.ACCOUNT_B)
        .region(Teams.OTHER_REGION)
        .answers("T-padded", Answers.success("T-padded"));

    // when
    teams.put(teams.connection(teams.others(), "padded").withSecret("padded"));
    teams.create(teams.others(), "padded", "T-padded", "padded");

    // then
    teams.others().awaitPhase("padded", "Succeeded", SOON);
  }

  @Test
  @Tag("F95")
  void shouldFailAtMostOneCallWhenTheKeyIsReplacedAndTheOldOneDisabled() {
    // given
    String task = "rotated";
    grantAllBut("", List.of(task));
    teams.putSecret(namespace(), task, Teams.keyOf(Teams.ACCOUNT_A));
    follow(task);
    teams.tasks().awaitPhase(task, "Running", SOON);
    teams.awaitPolls("T-" + task, POLLS_UNTIL_READ_AGAIN);

    // when
    Instant replaced = Instant.now();
    String next = canary("next");
    teams.simulated(Teams.ACCOUNT_A).putKey(AccessKey.of("LTAI-next", next));
    teams.putSecret(namespace(), task, Map.of(ID, "LTAI-next", SECRET, next));
    teams.simulated(Teams.ACCOUNT_A).disableKey(Teams.keyId(Teams.ACCOUNT_A));
    teams.awaitPolls("T-" + task, 4);

    // then
    teams.simulated(Teams.ACCOUNT_A).enableKey(Teams.keyId(Teams.ACCOUNT_A)); // of other tests
    List<Integer> failed =
        teams.fixture().cloud().served("T-" + task).stream()
            .map(RequestRecord::status)
            .filter(status -> status != 200)
            .toList();
    assertTrue(failed.size() <= 1, failed::toString);
    assertEquals(List.of(), Versions.ofFalseSynced(teams.fixture(), task, replaced));
  }

  @Test
  @Tag("F98")
  void shouldNeverReadASecretThatOnlyAnotherNamespaceHas() {
    // given
    grantAllBut("", List.of("of-another"));
    teams.rights(teams.others()).grantSecrets("of-another");
    teams.putSecret(teams.others().namespace(), "of-another", Teams.keyOf(Teams.ACCOUNT_B));

    // when
    follow("of-another");

    // then
    String message = Synced.await(teams.tasks(), "of-another", "CredentialsMissing").message();
    assertTrue(
        message.startsWith("There is no Secret named of-another in namespace " + namespace()),
        message);
    // The history is checked at the end: S7 allows reads of named Secrets only.
  }

  private String namespace() {
    return teams.tasks().namespace();
  }

  /** Creates a connection and a running task; both have the name of the Secret. */
  private void follow(String name) {
    teams.region(Teams.ACCOUNT_A).answers("T-" + name, Answers.running("T-" + name));
    teams.put(teams.connection(teams.tasks(), name).withSecret(name));
    teams.create(teams.tasks(), name, "T-" + name, name);
  }

  private void grantAllBut(String withheld, List<String> names) {
    teams
        .rights(teams.tasks())
        .grantSecrets(names.stream().filter(name -> !name.equals(withheld)).toArray(String[]::new));
  }

  private void create(Broken broken) {
    Secret secret = broken.secret;
    secret.getMetadata().setNamespace(namespace());
    secret.getMetadata().setName(broken.name);
    controlPlane.admin().resource(secret).create();
  }

  private void delete(String secret) {
    controlPlane.admin().secrets().inNamespace(namespace()).withName(secret).delete();
  }

  private String canary(String text) {
    String canary = "canary-" + text;
    teams.fixture().recorder().plant(canary);
    return canary;
  }
}
