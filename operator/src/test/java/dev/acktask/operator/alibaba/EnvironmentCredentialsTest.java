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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    Selected selected = selected(KEY);

    assertEquals("CANARY-secret", credential(selected).accessKeySecret());
    assertFalse(selected.toString().contains("CANARY"));
  }

  @Test
  void shouldTakeTheSecurityTokenWithTheAccessKey() {
    assertEquals(
        "t", credential(selected(with(KEY, "ALIBABA_CLOUD_SECURITY_TOKEN", "t"))).securityToken());
  }

  @Test
  void shouldSelectRrsaAndSayWhatIsMissingWhenThereIsNoToken() {
    Selected selected = selected(RRSA);

    assertEquals("RRSA, role acs:ram::1:role/r", selected.description());
    CredentialLookup.Missing missing =
        assertInstanceOf(CredentialLookup.Missing.class, selected.source().current());
    assertTrue(missing.message().contains("/does/not/exist"));
  }

  @Test
  void shouldRefuseHalfAnAccessKey() {
    for (String name : KEY.keySet()) {
      String problem = onlyProblem(Map.of(name, "CANARY"));

      assertTrue(problem.contains("incomplete: set ALIBABA_CLOUD_ACCESS_KEY_"), problem);
      assertFalse(problem.contains("set " + name + ","), problem);
      assertFalse(problem.contains("CANARY"), problem);
    }
    String problem = onlyProblem(Map.of("ALIBABA_CLOUD_SECURITY_TOKEN", "CANARY"));
    assertTrue(
        problem.contains("set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET"));
  }

  @Test
  void shouldRefuseHalfConfiguredRrsaAndNameWhatIsMissing() {
    for (String name : RRSA.keySet()) {
      Map<String, String> env = new HashMap<>(RRSA);
      env.remove(name);

      assertTrue(onlyProblem(env).contains(": " + name + " missing"), onlyProblem(env));
      assertTrue(onlyProblem(with(env, name, " ")).contains(": " + name + " missing"));
    }
  }

  @Test
  void shouldNotFallThroughToAProfileWhenRrsaIsHalfConfigured() throws IOException {
    cli("{\"current\":\"d\",\"profiles\":[" + profile("AK", "") + "]}");

    assertInstanceOf(
        Misconfigured.class, select(Map.of("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/r")));
  }

  @Test
  void shouldRefuseAnAccessKeyBesideRrsa() {
    Map<String, String> both = new HashMap<>(RRSA);
    both.putAll(KEY);

    String problem = onlyProblem(both);
    assertTrue(problem.contains("unset ALIBABA_CLOUD_ACCESS_KEY_ID"), problem);
  }

  @Test
  void shouldRefuseAnStsHostThatIsNotTheClouds() {
    assertTrue(
        onlyProblem(with(RRSA, "ALIBABA_CLOUD_STS_ENDPOINT", "sts.evil.com")).contains("STS"));
    assertTrue(
        onlyProblem(with(RRSA, "ALIBABA_CLOUD_STS_REGION", "evil.com/")).contains("STS_REGION"));
    assertInstanceOf(
        Selected.class,
        select(with(RRSA, "ALIBABA_CLOUD_STS_ENDPOINT", "sts-vpc.cn-hangzhou.aliyuncs.com")));
  }

  @Test
  void shouldBeNotConfiguredWhenThereIsNothing() {
    assertInstanceOf(NotConfigured.class, select(Map.of()));
    assertInstanceOf(
        NotConfigured.class,
        select(
            Map.of(
                "ALIBABA_CLOUD_ECS_METADATA", "node-role",
                "ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1/")));
  }

  @Test
  void shouldReadTheProfileOfTheCli() throws IOException {
    cli(
        "{\"current\":\"d\",\"profiles\":[{\"name\":\"other\"},"
            + profile("StsToken", ",\"sts_token\":\"t\"")
            + "]}");

    Selected selected = selected(Map.of());
    assertEquals("id", credential(selected).accessKeyId());
    assertEquals("t", credential(selected).securityToken());
    assertTrue(onlyProblem(Map.of("ALIBABA_CLOUD_PROFILE", "absent")).contains("absent"));
    assertInstanceOf(
        NotConfigured.class, select(Map.of("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RamRoleArn", "ChainableRamRoleArn"})
  void shouldBuildARoleOfAProfile(String mode) throws IOException {
    cli(
        "{\"current\":\"d\",\"profiles\":["
            + profile(mode, ",\"ram_role_arn\":\"acs:ram::1:role/r\",\"source_profile\":\"b\"")
            + ",{\"name\":\"b\",\"mode\":\"AK\",\"access_key_id\":\"i\",\"access_key_secret\":\"s\"}]}");

    assertInstanceOf(Selected.class, select(Map.of()));
  }

  @Test
  void shouldRefuseARingOfProfiles() throws IOException {
    cli(
        "{\"current\":\"d\",\"profiles\":["
            + profile("ChainableRamRoleArn", ",\"ram_role_arn\":\"r\",\"source_profile\":\"d\"")
            + "]}");

    assertTrue(onlyProblem(Map.of()).contains("ring"));
  }

  @Test
  void shouldNeverUseTheNodesRole() throws IOException {
    cli("{\"current\":\"d\",\"profiles\":[" + profile("EcsRamRole", "") + "]}");

    assertTrue(onlyProblem(Map.of()).contains("worker node's role"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{", "{\"current\":\"d\"}", "{\"profiles\":[{\"name\":\"d\"}]}"})
  void shouldRefuseAProfileFileThatIsNoUse(String text) throws IOException {
    cli(text);

    assertInstanceOf(Misconfigured.class, select(Map.of()));
  }

  @Test
  void shouldReadTheIniProfile() throws IOException {
    Path ini = home.resolve("my.ini");
    Files.writeString(
        ini,
        """
        # mine
        [default]
        enable = true
        type = access_key
        access_key_id = id
        access_key_secret = a=b
        [off]
        enable=false
        """);
    Map<String, String> env = Map.of("ALIBABA_CLOUD_CREDENTIALS_FILE", ini.toString());

    assertEquals("a=b", credential(selected(env)).accessKeySecret());
    assertTrue(
        onlyProblem(with(env, "ALIBABA_CLOUD_PROFILE", "off")).contains("no (enabled) profile"));
  }

  @Test
  void shouldReadAnIniProfileWithOidc() throws IOException {
    Path ini = Files.createDirectories(home.resolve(".alibabacloud")).resolve("credentials.ini");
    Files.writeString(
        ini,
        """
        [default]
        enable = true
        type = oidc_role_arn
        role_arn = r
        oidc_provider_arn = p
        oidc_token_file_path = /does/not/exist
        """);

    assertInstanceOf(CredentialLookup.Missing.class, selected(Map.of()).source().current());
  }

  private static String profile(String mode, String more) {
    return "{\"name\":\"d\",\"mode\":\""
        + mode
        + "\",\"access_key_id\":\"id\",\"access_key_secret\":\"secret\""
        + more
        + "}";
  }

  private void cli(String text) throws IOException {
    Files.writeString(
        Files.createDirectories(home.resolve(".aliyun")).resolve("config.json"), text);
  }

  private CredentialSelection select(Map<String, String> env) {
    return CredentialSource.fromEnvironment(env, home);
  }

  private Selected selected(Map<String, String> env) {
    CredentialSelection selection = select(env);
    return assertInstanceOf(Selected.class, selection, selection::toString);
  }

  private String onlyProblem(Map<String, String> env) {
    CredentialSelection selection = select(env);
    List<String> problems =
        assertInstanceOf(Misconfigured.class, selection, selection::toString).problems();
    assertEquals(1, problems.size(), problems::toString);
    return problems.get(0);
  }

  private static Credential credential(Selected selected) {
    return assertInstanceOf(CredentialLookup.Ready.class, selected.source().current()).credential();
  }

  private static Map<String, String> with(Map<String, String> env, String name, String value) {
    Map<String, String> more = new HashMap<>(env);
    more.put(name, value);
    return more;
  }
}
