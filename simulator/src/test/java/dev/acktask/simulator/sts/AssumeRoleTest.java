package dev.acktask.simulator.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.simulator.account.PrincipalTrust;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.signature.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may assume a role with a signed request, and which parameters are accepted. */
class AssumeRoleTest extends StsTestCase {
  private static final RamArn OTHER_ROLE = RamArn.role("1000000000000002", "operator");
  private static final Caller KEY_OF_OTHER =
      new Caller("1000000000000002", Optional.empty(), Operation.permissible());
  private static final Caller SESSION_OF_OTHER =
      new Caller("1000000000000002", Optional.of(OTHER_ROLE.toString()), Operation.permissible());

  @BeforeEach
  void trustTheOtherAccount() {
    directory.put(ARN, Role.of("reader").trusting(PrincipalTrust.ofAccounts("1000000000000002")));
  }

  private StsAnswer assume(Caller caller) {
    return sts.assumeRole(parameters, caller);
  }

  @Test
  void shouldIssueASessionToATrustedAccount() throws IOException {
    // when
    StsAnswer answer = assume(KEY_OF_OTHER);
    JsonNode body = body(answer);

    // then
    assertEquals(200, answer.response().status());
    assertTrue(answer.secret());
    assertEquals(ARN + "/acktask-operator", body.at("/AssumedRoleUser/Arn").asText());
    assertTrue(
        body.at("/AssumedRoleUser/AssumedRoleId").asText().matches("\\d{18}:acktask-operator"));
    assertEquals("2026-01-02T04:04:05Z", body.at("/Credentials/Expiration").asText());
    assertTrue(sessions.find(body.at("/Credentials/AccessKeyId").asText()).isPresent());
    assertFalse(body.get("RequestId").asText().isEmpty());
  }

  @Test
  void shouldIssueASessionToATrustedRoleOnly() throws IOException {
    directory.put(ARN, Role.of("reader").trusting(PrincipalTrust.ofRoles(OTHER_ROLE)));
    assertEquals(200, assume(SESSION_OF_OTHER).response().status());
    assertEquals("403 NoPermission", error(assume(KEY_OF_OTHER)));
  }

  @Test
  void shouldRefuseACallerThatIsNotTrusted() throws IOException {
    Caller stranger = new Caller("1000000000000003", Optional.empty(), Operation.permissible());
    assertEquals("403 NoPermission", error(assume(stranger)));
    assertFalse(assume(stranger).secret());
  }

  @Test
  void shouldRequireTheExternalId() throws IOException {
    directory.put(
        ARN,
        Role.of("reader")
            .trusting(PrincipalTrust.ofAccounts("1000000000000002").withExternalId("team-7")));
    assertEquals("403 NoPermission", error(assume(KEY_OF_OTHER)));
    parameters.put("ExternalId", "team-8");
    assertEquals("403 NoPermission", error(assume(KEY_OF_OTHER)));
    parameters.put("ExternalId", "team-7");
    assertEquals(200, assume(KEY_OF_OTHER).response().status());
  }

  @Test
  void shouldRefuseARefusedRole() throws IOException {
    directory.refuse(ARN);
    assertEquals("403 NoPermission", error(assume(KEY_OF_OTHER)));
  }

  @Test
  void shouldNotFindAnUnknownRole() throws IOException {
    parameters.put("RoleArn", RamArn.role(ACCOUNT, "other").toString());
    assertEquals("404 EntityNotExist.Role", error(assume(KEY_OF_OTHER)));
  }

  @ParameterizedTest
  @CsvSource({
    "RoleArn, '', 400 MissingRoleArn",
    "RoleArn, reader, 400 InvalidParameter.RoleArn",
    "RoleArn, acs:ram::1000000000000001:oidc-provider/p, 400 InvalidParameter.RoleArn",
    "RoleSessionName, '', 400 MissingRoleSessionName",
    "RoleSessionName, a, 400 InvalidParameter.RoleSessionName",
    "RoleSessionName, a b, 400 InvalidParameter.RoleSessionName",
    "DurationSeconds, 899, 400 InvalidParameter.DurationSeconds",
    "DurationSeconds, 3601, 400 InvalidParameter.DurationSeconds",
    "DurationSeconds, soon, 400 InvalidParameter.DurationSeconds"
  })
  void shouldRefuseABadParameter(String name, String value, String expected) throws IOException {
    parameters.put(name, value);
    assertEquals(expected, error(assume(KEY_OF_OTHER)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"900", "7200"})
  void shouldIssueTheDurationThatIsAskedFor(String seconds) throws IOException {
    directory.put(
        ARN,
        Role.of("reader")
            .trusting(PrincipalTrust.ofAccounts("1000000000000002"))
            .withMaxSession(Duration.ofHours(2)));
    parameters.put("DurationSeconds", seconds);
    assertEquals(
        NOW.plusSeconds(Long.parseLong(seconds)).toString(),
        body(assume(KEY_OF_OTHER)).at("/Credentials/Expiration").asText());
  }
}
