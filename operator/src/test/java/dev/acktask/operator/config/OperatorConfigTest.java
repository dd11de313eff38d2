package dev.acktask.operator.config;

import static dev.acktask.operator.text.ParsedAssertions.assertInvalid;
import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.RegionId;
import dev.acktask.operator.text.Parsed;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OperatorConfigTest {
  private static final Map<String, String> REQUIRED =
      Map.of("ACKTASK_DEFAULT_REGION", "cn-hangzhou");

  @Test
  void shouldUseTheDocumentedDefaults() {
    assertEquals(
        new OperatorConfig(
            new OperatorConfig.Connection(
                new RegionId("cn-hangzhou"),
                true,
                new OperatorConfig.Endpoints(
                    new OperatorConfig.Templates(
                        "https://cs.{region}.aliyuncs.com",
                        "https://cs-anony-vpc.{region}.aliyuncs.com"),
                    new OperatorConfig.Templates(
                        "https://sts.{region}.aliyuncs.com",
                        "https://sts-vpc.{region}.aliyuncs.com"),
                    false),
                120,
                20),
            new OperatorConfig.Calls(Duration.ofSeconds(10), 1_048_576, 64),
            new OperatorConfig.Polling(
                Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5)),
            new OperatorConfig.Mirroring(List.of(), "", List.of(), null),
            new OperatorConfig.Metrics(8080, 5_000, false, false),
            new OperatorConfig.Lifecycle(8081, Duration.ofSeconds(30), false, "acktask-operator")),
        valid(REQUIRED));
  }

  @Test
  void shouldHaveNoBuiltInConnectionWithoutARegion() {
    assertNull(valid(Map.of()).connection().region());
    assertNull(valid(Map.of("ACKTASK_DEFAULT_REGION", "")).connection().region());
  }

  @Test
  void shouldReadEveryVariable() {
    // given
    Map<String, String> environment = new HashMap<>();
    environment.put("ACKTASK_WATCH_NAMESPACES", "team-a, team-b");
    environment.put("ACKTASK_WATCH_LABEL_SELECTOR", "acktask.dev/shard\tnotin\n (a, b)");
    environment.put("ACKTASK_DEFAULT_REGION", "eu-central-1");
    environment.put("ACKTASK_DEFAULT_NETWORK", "VPC");
    environment.put("ACKTASK_ENDPOINT_PUBLIC", "https://public.example");
    environment.put("ACKTASK_ENDPOINT_VPC", "http://{region}.internal.example:8080");
    environment.put("ACKTASK_STS_ENDPOINT_PUBLIC", "https://sts.example");
    environment.put("ACKTASK_STS_ENDPOINT_VPC", "http://sts.internal.example:8080");
    environment.put("ACKTASK_ALLOW_PLAINTEXT_ENDPOINT", "true");
    environment.put("ACKTASK_DEFAULT_POLL_INTERVAL", "1m30s");
    environment.put("ACKTASK_MIN_POLL_INTERVAL", "2s");
    environment.put("ACKTASK_NOT_FOUND_GRACE", "10m");
    environment.put("ACKTASK_CALL_TIMEOUT", "3s");
    environment.put("ACKTASK_MAX_RESPONSE_BYTES", "1048576");
    environment.put("ACKTASK_MAX_CONCURRENT_CALLS", "8");
    environment.put("ACKTASK_REQUESTS_PER_MINUTE", "600");
    environment.put("ACKTASK_REQUEST_BURST", "50");
    environment.put("ACKTASK_REDACT_KEYS", "otp,pin-code");
    environment.put("ACKTASK_MANAGEMENT_PORT", "9090");
    environment.put("ACKTASK_HEALTH_PORT", "9091");
    environment.put("ACKTASK_METRICS_TASK_LIMIT", "100");
    environment.put("ACKTASK_METRICS_TASK_ID", "true");
    environment.put("ACKTASK_METRICS_AUTHENTICATION", "true");
    environment.put("ACKTASK_LEADER_ELECTION", "true");
    environment.put("ACKTASK_LEASE_NAME", "acktask-of.team-a");
    environment.put("ACKTASK_LIVENESS_INTERVAL", "1m");
    environment.put("ACKTASK_STAGE_TIME_ZONE", "Asia/Shanghai");
    environment.put("ACKTASK_LOG_FORMAT", "json");
    environment.put("ACKTASK_LOG_LEVEL", "debug");
    environment.put("ACKTASK_CREDENTIALS_DIR", "/etc/acktask/credentials");
    environment.put("ACKTASK_CA_BUNDLE", "/etc/acktask/ca-bundle/ca.crt");

    // then
    assertEquals(
        new OperatorConfig(
            new OperatorConfig.Connection(
                new RegionId("eu-central-1"),
                false,
                new OperatorConfig.Endpoints(
                    new OperatorConfig.Templates(
                        "https://public.example", "http://{region}.internal.example:8080"),
                    new OperatorConfig.Templates(
                        "https://sts.example", "http://sts.internal.example:8080"),
                    true),
                600,
                50),
            new OperatorConfig.Calls(Duration.ofSeconds(3), 1_048_576, 8),
            new OperatorConfig.Polling(
                Duration.ofSeconds(90), Duration.ofSeconds(2), Duration.ofMinutes(10)),
            new OperatorConfig.Mirroring(
                List.of("team-a", "team-b"),
                "acktask.dev/shard notin (a, b)",
                List.of("otp", "pin-code"),
                ZoneId.of("Asia/Shanghai")),
            new OperatorConfig.Metrics(9090, 100, true, true),
            new OperatorConfig.Lifecycle(9091, Duration.ofMinutes(1), true, "acktask-of.team-a")),
        valid(environment));
    assertEquals(Setting.values().length, environment.size(), "a variable without a test");
  }

  @ParameterizedTest
  @Tag("F91")
  @CsvSource(
      delimiter = '|',
      value = {
        "ACKTASK_DEFAULT_REGION           | CN hangzhou    | is \"CN hangzhou\", which is not a"
            + " region id",
        "ACKTASK_DEFAULT_NETWORK          | vpc            | is \"vpc\"; write one of Public, VPC.",
        "ACKTASK_WATCH_NAMESPACES         | a,,b           | holds \"\", which is not the name of a"
            + " namespace",
        "ACKTASK_WATCH_LABEL_SELECTOR     | acktask.dev/shard=a b | is \"acktask.dev/shard=a b\","
            + " which is not a label selector: a comma is expected in place of \"b\"; write for"
            + " example acktask.dev/shard=a, acktask.dev/shard!=a or acktask.dev/shard notin (a,b).",
        "ACKTASK_ALLOW_PLAINTEXT_ENDPOINT | yes            | is \"yes\"; write one of false, true.",
        "ACKTASK_DEFAULT_POLL_INTERVAL    | 15             | is \"15\", which is not a duration"
            + " such as 15s or 1m30s.",
        "ACKTASK_DEFAULT_POLL_INTERVAL    | 2s             | is below ACKTASK_MIN_POLL_INTERVAL.",
        "ACKTASK_MIN_POLL_INTERVAL        | 100ms          | it must lie between 1s and 1h.",
        "ACKTASK_CALL_TIMEOUT             | 2m             | it must lie between 1s and 1m.",
        "ACKTASK_MAX_RESPONSE_BYTES       | 4MiB           | write a whole number from 65536 to"
            + " 67108864.",
        "ACKTASK_MAX_CONCURRENT_CALLS     | 0              | write a whole number from 1 to 1000.",
        "ACKTASK_LEASE_NAME               | acktask_lease  | is \"acktask_lease\", which is not the"
            + " name of a Lease",
        "ACKTASK_STAGE_TIME_ZONE          | Asia/Hangzhou  | is \"Asia/Hangzhou\", which is not a"
            + " time zone such as Asia/Shanghai.",
        "ACKTASK_STAGE_TIME_ZONE          | CST+           | is \"CST+\", which is not a time zone"
            + " such as Asia/Shanghai.",
        "ACKTASK_LOG_LEVEL                | loud           | write one of debug, error, info,"
            + " trace, warn.",
        "ACKTASK_POLL_INTERVALL           | 15s            | is not a setting of this operator",
      })
  void shouldReportTheProblemOfEachValue(String variable, String value, String expected) {
    Map<String, String> environment = new HashMap<>(REQUIRED);
    environment.put(variable, value);
    List<String> problems = problems(environment);
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.getFirst().startsWith(variable + " "), problems::toString);
    assertTrue(problems.getFirst().contains(expected), problems::toString);
  }

  @Test
  @Tag("F91")
  void shouldReportAllProblemsAtOnce() {
    Map<String, String> environment =
        Map.of(
            "ACKTASK_DEFAULT_REGION", "CN hangzhou",
            "ACKTASK_MIN_POLL_INTERVAL", "soon",
            "ACKTASK_MAX_CONCURRENT_CALLS", "many",
            "ACKTASK_COLOUR", "green");
    assertEquals(4, problems(environment).size(), () -> problems(environment).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "_METRICS", "_OPERATOR", "_MANAGEMENT", "_LEASE_NAME", "_A_PORT", "_0"})
  void shouldIgnoreServiceLinkVariablesOfKubernetes(String rest) {
    // given
    Map<String, String> environment = new HashMap<>(REQUIRED);
    String service = "ACKTASK" + rest;
    environment.put(service + "_SERVICE_HOST", "10.0.0.1");
    environment.put(service + "_SERVICE_PORT", "8080");
    environment.put(service + "_SERVICE_PORT_HTTP_METRICS", "8080");
    environment.put(service + "_PORT", "tcp://10.0.0.1:8080");
    for (String protocol : List.of("tcp", "udp", "sctp")) {
      String port = service + "_PORT_8080_" + protocol.toUpperCase(Locale.ROOT);
      environment.put(port, protocol + "://[2001:db8::1]:8080");
      environment.put(port + "_PROTO", protocol);
      environment.put(port + "_PORT", "8080");
      environment.put(port + "_ADDR", "2001:db8::1");
    }

    // then
    assertEquals(valid(REQUIRED), valid(environment));
  }

  @ParameterizedTest
  @Tag("F91")
  @CsvSource({
    "ACKTASK_MANGEMENT_PORT, 9090",
    "ACKTASK_PORT,           9090",
    "ACKTASK_SERVICE_HOST,   metrics.example.com",
    "ACKTASK_A_SERVICE_PORT, http",
    "ACKTASK_A_PORT_80_TCP,  yes",
  })
  void shouldReportAMistypedSettingNamedLikeAServiceLink(String name, String value) {
    Map<String, String> environment = new HashMap<>(REQUIRED);
    environment.put(name, value);
    assertEquals(
        List.of(name + " is not a setting of this operator; see docs/configuration.md."),
        problems(environment));
  }

  @Test
  void shouldNotEchoALongOrMultiLineValue() {
    Map<String, String> environment = new HashMap<>(REQUIRED);
    environment.put("ACKTASK_LOG_LEVEL", "x\ny" + "z".repeat(10_000));
    String problem = problems(environment).getFirst();
    assertTrue(problem.length() < 250 && !problem.contains("\n"), problem);
  }

  private static OperatorConfig valid(Map<String, String> environment) {
    Parsed<OperatorConfig> parsed = OperatorConfig.parse(environment);
    return assertValid(parsed);
  }

  private static List<String> problems(Map<String, String> environment) {
    return assertInvalid(OperatorConfig.parse(environment));
  }
}
