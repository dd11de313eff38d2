package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.task.RegionId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoints of the cloud, checked before the start. */
final class StartupConfigTest {
  private static final Map<String, String> VALID =
      Map.of(
          "ACKTASK_DEFAULT_REGION", "cn-hangzhou",
          "ALIBABA_CLOUD_ACCESS_KEY_ID", "exampleId",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "exampleSecret");

  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({
    "true, https://cs.eu-central-1.aliyuncs.com, https://sts.eu-central-1.aliyuncs.com",
    "false, https://cs-anony-vpc.eu-central-1.aliyuncs.com, https://sts-vpc.eu-central-1.aliyuncs.com"
  })
  void shouldHaveTheEndpointsOfEachNetworkAndRegion(boolean isPublic, String api, String sts) {
    StartupConfig.Ready ready = ready(Map.of());

    RegionId region = new RegionId("eu-central-1");

    assertEquals(api, text(ready.endpoints().api().endpoint(region, isPublic).orElseThrow()));
    assertEquals(sts, text(ready.endpoints().sts().endpoint(region, isPublic).orElseThrow()));
  }

  @ParameterizedTest
  @Tag("F100")
  @CsvSource({
    "ACKTASK_STS_ENDPOINT_PUBLIC, http://sts.example",
    "ACKTASK_STS_ENDPOINT_VPC, http://sts.example",
    "ACKTASK_STS_ENDPOINT_PUBLIC, https://user@sts.example",
    "ACKTASK_STS_ENDPOINT_VPC, https://sts.{zone}.example",
    "ACKTASK_STS_ENDPOINT_PUBLIC, https://sts.example/path",
    "ACKTASK_ENDPOINT_VPC, https://CS.example"
  })
  void shouldRefuseAnEndpointThatIsNoPlainHost(String variable, String value) {
    List<String> problems = refused(Map.of(variable, value));

    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.getFirst().startsWith(variable + " "), problems::toString);
  }

  @Test
  void shouldReportTheProblemsOfAllEndpointsAndOfOtherSettings() {
    List<String> problems =
        refused(
            Map.of(
                "ACKTASK_ENDPOINT_PUBLIC", "cs.example",
                "ACKTASK_STS_ENDPOINT_PUBLIC", "sts.example",
                "ACKTASK_STS_ENDPOINT_VPC", "sts.example",
                "ACKTASK_CALL_TIMEOUT", "soon"));

    assertEquals(4, problems.size(), problems::toString);
  }

  @Test
  void shouldAcceptPlaintextOfASimulatedSts() {
    StartupConfig.Ready ready =
        ready(
            Map.of(
                "ACKTASK_STS_ENDPOINT_PUBLIC", "http://sts.{region}.localhost:18080",
                "ACKTASK_ALLOW_PLAINTEXT_ENDPOINT", "true"));

    assertEquals(
        "http://sts.cn-hangzhou.localhost:18080",
        text(ready.endpoints().sts().endpoint(new RegionId("cn-hangzhou"), true).orElseThrow()));
  }

  private StartupConfig.Ready ready(Map<String, String> more) {
    return assertInstanceOf(StartupConfig.Ready.class, config(more));
  }

  private List<String> refused(Map<String, String> more) {
    return assertInstanceOf(StartupConfig.Refused.class, config(more)).problems();
  }

  private StartupConfig config(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(VALID);
    environment.putAll(more);
    return StartupConfig.of(environment, home);
  }

  private static String text(Endpoint endpoint) {
    return endpoint.base().toString();
  }
}
