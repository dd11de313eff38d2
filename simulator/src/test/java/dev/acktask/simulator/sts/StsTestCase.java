package dev.acktask.simulator.sts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.simulator.SteppedClock;
import dev.acktask.simulator.account.RamArn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** An STS, and the parameters of a request that it accepts. */
abstract class StsTestCase {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final String ACCOUNT = "1000000000000001";
  static final RamArn ARN = RamArn.role(ACCOUNT, "reader");

  final SteppedClock clock = new SteppedClock(NOW);
  final FakeDirectory directory = new FakeDirectory();
  final Sessions sessions = new Sessions(directory, clock, issued -> {});
  final Sts sts = new Sts(directory, sessions, clock);
  final Map<String, String> parameters =
      new HashMap<>(Map.of("RoleArn", ARN.toString(), "RoleSessionName", "acktask-operator"));

  static JsonNode body(StsAnswer answer) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    answer.response().body().writeTo(body);
    return new ObjectMapper().readTree(body.toString(StandardCharsets.UTF_8));
  }

  /** Status and code of an error. */
  static String error(StsAnswer answer) throws IOException {
    return answer.response().status() + " " + body(answer).path("Code").asText();
  }
}
