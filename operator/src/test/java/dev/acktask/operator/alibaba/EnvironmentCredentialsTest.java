package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.CredentialSelection.Misconfigured;
import dev.acktask.operator.alibaba.CredentialSelection.NotConfigured;
import dev.acktask.operator.alibaba.CredentialSelection.Selected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One identity from the environment, or a refusal that names what to change. */
final class EnvironmentCredentialsTest {
  private static final Map<String, String> KEY =
      Map.of(
          "ALIBABA_CLOUD_ACCESS_KEY_ID", "CANARY-id",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "CANARY-secret\n");

  private static final Map<String, String> RRSA =
      Map.of(
          "ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/r",
          "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/p",
          "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "/does/not/exist");

  @TempDir private Path home;

  @Test
  void shouldSelectTheAccessKeyOfTheEnvironment() {
    Selected selected = in(home).selected(KEY);

    assertEquals("CANARY-secret", Selections.credential(selected).accessKeySecret());
    assertFalse(selected.toString().contains("CANARY"));
  }

  @Test
  void shouldTakeTheSecurityTokenWithTheAccessKey() {
    assertEquals(
        "t",
        Selections.credential(
                in(home).selected(Selections.with(KEY, "ALIBABA_CLOUD_SECURITY_TOKEN", "t")))
            .securityToken());
  }

  @Test
  void shouldSelectRrsaAndSayWhatIsMissingWhenThereIsNoToken() {
    Selected selected = in(home).selected(RRSA);

    assertEquals("RRSA, role acs:ram::1:role/r", selected.description());
    CredentialLookup.Missing missing =
        assertInstanceOf(CredentialLookup.Missing.class, selected.source().current());
    assertTrue(missing.message().contains("/does/not/exist"));
  }

  @Test
  void shouldRefuseHalfAnAccessKey() {
    for (String name : KEY.keySet()) {
      String problem = in(home).onlyProblem(Map.of(name, "CANARY"));

      assertTrue(problem.contains("incomplete: set ALIBABA_CLOUD_ACCESS_KEY_"), problem);
      assertFalse(problem.contains("set " + name + ","), problem);
      assertFalse(problem.contains("CANARY"), problem);
    }
    String problem = in(home).onlyProblem(Map.of("ALIBABA_CLOUD_SECURITY_TOKEN", "CANARY"));
    assertTrue(
        problem.contains("set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET"));
  }

  @Test
  void shouldRefuseHalfConfiguredRrsaAndNameWhatIsMissing() {
    for (String name : RRSA.keySet()) {
      Map<String, String> env = new HashMap<>(RRSA);
      env.remove(name);

      assertTrue(
          in(home).onlyProblem(env).contains(": " + name + " missing"), in(home).onlyProblem(env));
      assertTrue(
          in(home).onlyProblem(Selections.with(env, name, " ")).contains(": " + name + " missing"));
    }
  }

  @Test
  void shouldNotFallThroughToAProfileWhenRrsaIsHalfConfigured() throws IOException {
    Files.writeString(
        Files.createDirectories(home.resolve(".aliyun")).resolve("config.json"),
        "{\"current\":\"d\",\"profiles\":[{\"name\":\"d\",\"mode\":\"AK\","
            + "\"access_key_id\":\"id\",\"access_key_secret\":\"secret\"}]}");

    assertInstanceOf(
        Misconfigured.class,
        in(home).select(Map.of("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/r")));
  }

  @Test
  void shouldRefuseAnAccessKeyBesideRrsa() {
    Map<String, String> both = new HashMap<>(RRSA);
    both.putAll(KEY);

    String problem = in(home).onlyProblem(both);
    assertTrue(problem.contains("unset ALIBABA_CLOUD_ACCESS_KEY_ID"), problem);
  }

  @Test
  void shouldRefuseAnStsHostThatIsNotTheClouds() {
    assertTrue(
        in(home)
            .onlyProblem(Selections.with(RRSA, "ALIBABA_CLOUD_STS_ENDPOINT", "sts.evil.com"))
            .contains("STS"));
    assertTrue(
        in(home)
            .onlyProblem(Selections.with(RRSA, "ALIBABA_CLOUD_STS_REGION", "evil.com/"))
            .contains("STS_REGION"));
    assertInstanceOf(
        Selected.class,
        in(home)
            .select(
                Selections.with(
                    RRSA, "ALIBABA_CLOUD_STS_ENDPOINT", "sts-vpc.cn-hangzhou.aliyuncs.com")));
  }

  @Test
  void shouldBeNotConfiguredWhenThereIsNothing() {
    assertInstanceOf(NotConfigured.class, in(home).select(Map.of()));
    assertInstanceOf(
        NotConfigured.class,
        in(home)
            .select(
                Map.of(
                    "ALIBABA_CLOUD_ECS_METADATA", "node-role",
                    "ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1/")));
  }

  private static Selections in(Path home) {
    return new Selections(home);
  }
}
