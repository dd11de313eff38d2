package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertNotIssued;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.Selections;
import dev.acktask.operator.alibaba.credentials.CredentialSelection.NotConfigured;
import dev.acktask.operator.alibaba.credentials.CredentialSelection.Selected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One source of credentials from the environment, or a problem that names what to change. */
final class CredentialProviderFactoryTest {
  private static final Map<String, String> KEY =
      Map.of(
          "ALIBABA_CLOUD_ACCESS_KEY_ID", "CANARY-id",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "CANARY-secret\n");

  private static final Map<String, String> RRSA =
      Map.of(
          "ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/r",
          "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/p",
          "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "/does/not/exist");

  private static final String DIRECTORY = "ACKTASK_CREDENTIALS_DIR";

  @TempDir private Path home;

  @Test
  void shouldSelectTheAccessKeyOfTheEnvironment() {
    Selected selected = in(home).selected(KEY);

    assertEquals("CANARY-secret", Selections.credential(selected).accessKeySecret());
    assertFalse(selected.toString().contains("CANARY"));
  }

  @Test
  void shouldUseTheSecurityTokenWithTheAccessKey() {
    assertEquals(
        "t",
        Selections.credential(
                in(home).selected(Selections.with(KEY, "ALIBABA_CLOUD_SECURITY_TOKEN", "t")))
            .securityToken());
  }

  @Test
  void shouldSelectRrsaAndNameTheMissingTokenFile() {
    Selected selected = in(home).selected(RRSA);

    String message = assertNotIssued(Selections.lookup(selected));

    assertEquals("RRSA, role acs:ram::1:role/r", selected.description());
    assertTrue(message.contains("file /does/not/exist cannot be read"));
    assertTrue(message.contains("acs:ram::1:role/r from"), message);
  }

  @Test
  void shouldRefuseAnIncompleteAccessKey() {
    for (String name : KEY.keySet()) {
      String problem = in(home).onlyProblem(Map.of(name, "CANARY"));

      assertTrue(problem.contains("incomplete: set ALIBABA_CLOUD_ACCESS_KEY_"), problem);
      assertTrue(problem.endsWith("or unset " + name + "."), problem);
      assertFalse(problem.contains("CANARY"), problem);
    }
    String problem = in(home).onlyProblem(Map.of("ALIBABA_CLOUD_SECURITY_TOKEN", "CANARY"));
    assertTrue(
        problem.contains("set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET"));
  }

  @Test
  void shouldNameTheMissingVariableWhenRrsaIsIncomplete() {
    for (String name : RRSA.keySet()) {
      Map<String, String> env = new HashMap<>(RRSA);
      env.remove(name);

      assertTrue(
          in(home).onlyProblem(env).contains(": " + name + " missing"), in(home).onlyProblem(env));
      assertTrue(
          in(home).onlyProblem(Selections.with(env, name, " ")).contains(": " + name + " missing"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true,  true,  false",
    "true,  false, true",
    "false, true,  true",
    "true,  true,  true",
  })
  void shouldRefuseMoreThanOneSource(boolean key, boolean rrsa, boolean directory) {
    // given
    Map<String, String> env = new HashMap<>();
    env.putAll(key ? KEY : Map.of());
    env.putAll(rrsa ? RRSA : Map.of());
    env.putAll(directory ? Map.of(DIRECTORY, home.toString()) : Map.of());

    // when
    String problem = in(home).onlyProblem(env);

    // then
    assertEquals(key, problem.contains("ALIBABA_CLOUD_ACCESS_KEY_ID"), problem);
    assertEquals(rrsa, problem.contains("ALIBABA_CLOUD_OIDC_TOKEN_FILE"), problem);
    assertEquals(directory, problem.contains(DIRECTORY), problem);
    assertFalse(problem.contains("CANARY") || problem.contains("SECURITY_TOKEN"), problem);
  }

  @Test
  void shouldSelectTheFilesOfADirectory() throws IOException {
    Files.writeString(home.resolve("accessKeyId"), "id");
    Files.writeString(home.resolve("accessKeySecret"), "secret");

    Selected selected = in(home).selected(Map.of(DIRECTORY, home.toString()));

    assertEquals("id", Selections.credential(selected).accessKeyId());
    assertEquals("files in " + home, selected.description());
    assertTrue(in(home).onlyProblem(Map.of(DIRECTORY, "keys")).contains("not an absolute path"));
  }

  @Test
  void shouldNameProfilesThatAreNotRead() throws IOException {
    Path config = Files.createDirectories(home.resolve(".aliyun")).resolve("config.json");
    Files.writeString(config, "{}");

    String message = notConfigured(Map.of("ALIBABA_CLOUD_PROFILE", "prod"));

    assertTrue(
        message.endsWith("Profiles are not read: ALIBABA_CLOUD_PROFILE and " + config + "."),
        message);
    Files.delete(config);
    assertFalse(notConfigured(Map.of()).contains("Profiles"));
  }

  @Test
  void shouldRefuseAnStsHostOutsideAlibabaCloud() {
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
  void shouldNameTheVariablesWhenNothingIsConfigured() {
    String message =
        notConfigured(
            Map.of(
                "ALIBABA_CLOUD_ECS_METADATA", "node-role",
                "ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1/"));

    assertTrue(message.contains(DIRECTORY), message);
    assertTrue(message.contains("ALIBABA_CLOUD_ACCESS_KEY_SECRET"), message);
  }

  private String notConfigured(Map<String, String> env) {
    return assertInstanceOf(NotConfigured.class, in(home).select(env)).message();
  }

  private static Selections in(Path home) {
    return new Selections(home);
  }
}
