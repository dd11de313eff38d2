package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the operator needs credentials to start. */
final class StartupConfigCredentialsTest {
  private static final String REGION = "ACKTASK_DEFAULT_REGION";
  private static final String KEY_ID = "ALIBABA_CLOUD_ACCESS_KEY_ID";
  private static final String KEY_SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";

  private final Map<String, String> environment = new HashMap<>();

  @TempDir private Path home;

  @Test
  void shouldHaveABuiltInConnectionWithRegionAndCredentials() {
    environment.put(REGION, "cn-hangzhou");
    setKey();

    assertEquals(
        "cs.cn-hangzhou.aliyuncs.com", ready().builtInEndpoint().orElseThrow().base().getHost());
    assertTrue(ready().credentials().isPresent());
  }

  @Test
  void shouldNeedNeitherRegionNorCredentials() {
    assertTrue(ready().builtInEndpoint().isEmpty());
    assertTrue(ready().credentials().isEmpty());
  }

  /** A ClusterAckConnection without credentials uses them. */
  @Test
  void shouldHaveCredentialsWithoutARegion() {
    setKey();

    assertTrue(ready().builtInEndpoint().isEmpty());
    assertTrue(ready().credentials().isPresent());
  }

  @Test
  void shouldNeedCredentialsWithARegion() {
    environment.put(REGION, "cn-hangzhou");

    assertEquals(1, problems().size());
    assertTrue(problems().getFirst().contains("credentials"), problems()::toString);
  }

  @Test
  void shouldDemandNoCredentialsWithoutARegionWhenAnotherSettingIsWrong() {
    environment.put("ACKTASK_DEFAULT_POLL_INTERVAL", "soon");

    assertEquals(1, problems().size(), problems()::toString);
  }

  @Test
  void shouldDemandCredentialsAlsoWhenAnotherSettingIsWrong() {
    environment.put(REGION, "cn-hangzhou");
    environment.put("ACKTASK_DEFAULT_POLL_INTERVAL", "soon");

    assertEquals(2, problems().size(), problems()::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cn-hangzhou"})
  void shouldRefuseHalfACredentialWithAndWithoutARegion(String region) {
    environment.put(REGION, region);
    environment.put(KEY_SECRET, "half");

    assertEquals(1, problems().size(), problems()::toString);
    assertTrue(problems().getFirst().contains(KEY_ID), problems()::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cn-hangzhou"})
  void shouldRefuseTwoIdentitiesWithAndWithoutARegion(String region) {
    environment.put(REGION, region);
    environment.put("ACKTASK_CREDENTIALS_DIR", home.toString());
    setKey();

    assertTrue(problems().toString().contains("ACKTASK_CREDENTIALS_DIR"), problems()::toString);
  }

  @Test
  void shouldRefuseARegionThatNoHostNameCanContain() {
    environment.put(REGION, "cn-" + "a".repeat(61));
    setKey();

    assertEquals(1, problems().size(), problems()::toString);
    assertTrue(problems().getFirst().startsWith(REGION), problems()::toString);
  }

  private void setKey() {
    environment.put(KEY_ID, "id");
    environment.put(KEY_SECRET, "secret");
  }

  private StartupConfig.Ready ready() {
    return assertInstanceOf(StartupConfig.Ready.class, StartupConfig.of(environment, home));
  }

  private List<String> problems() {
    return assertInstanceOf(StartupConfig.Refused.class, StartupConfig.of(environment, home))
        .problems();
  }
}
