package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.CredentialSelection.Misconfigured;
import dev.acktask.operator.alibaba.CredentialSelection.NotConfigured;
import dev.acktask.operator.alibaba.CredentialSelection.Selected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The profile files of the vendor's tools, as far as the operator takes them. */
final class ProfileCredentialsTest {
  @TempDir private Path home;

  @Test
  void shouldReadTheProfileOfTheCli() throws IOException {
    cli(
        "{\"current\":\"d\",\"profiles\":[{\"name\":\"other\"},"
            + profile("StsToken", ",\"sts_token\":\"t\"")
            + "]}");

    Selected selected = in(home).selected(Map.of());
    assertEquals("id", Selections.credential(selected).accessKeyId());
    assertEquals("t", Selections.credential(selected).securityToken());
    assertTrue(in(home).onlyProblem(Map.of("ALIBABA_CLOUD_PROFILE", "absent")).contains("absent"));
    assertInstanceOf(
        NotConfigured.class, in(home).select(Map.of("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true")));
  }

  @Test
  void shouldBuildARoleOfAProfile() throws IOException {
    cli(
        "{\"current\":\"d\",\"profiles\":["
            + profile("RamRoleArn", ",\"ram_role_arn\":\"acs:ram::1:role/r\"")
            + "]}");

    assertInstanceOf(Selected.class, in(home).select(Map.of()));
  }

  @Test
  void shouldRefuseARoleThatBuildsOnAnotherProfile() throws IOException {
    cli("{\"current\":\"d\",\"profiles\":[" + profile("ChainableRamRoleArn", "") + "]}");

    assertTrue(in(home).onlyProblem(Map.of()).contains("unsupported mode ChainableRamRoleArn"));
  }

  @Test
  void shouldNeverUseTheNodesRole() throws IOException {
    cli("{\"current\":\"d\",\"profiles\":[" + profile("EcsRamRole", "") + "]}");

    assertTrue(in(home).onlyProblem(Map.of()).contains("worker node's role"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{", "{\"current\":\"d\"}", "{\"profiles\":[{\"name\":\"d\"}]}"})
  void shouldRefuseAProfileFileThatIsNoUse(String text) throws IOException {
    cli(text);

    assertInstanceOf(Misconfigured.class, in(home).select(Map.of()));
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

    assertEquals("a=b", Selections.credential(in(home).selected(env)).accessKeySecret());
    assertTrue(
        in(home)
            .onlyProblem(Selections.with(env, "ALIBABA_CLOUD_PROFILE", "off"))
            .contains("no (enabled) profile"));
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

    assertInstanceOf(
        CredentialLookup.Missing.class, in(home).selected(Map.of()).source().current());
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

  private static Selections in(Path home) {
    return new Selections(home);
  }
}
