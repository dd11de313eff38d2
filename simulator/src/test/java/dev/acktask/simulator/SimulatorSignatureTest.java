package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.requestlog.RequestRecordJson;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.signature.Credential;
import dev.acktask.simulator.signature.SignatureResult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The signature of a request: verified, and never recorded. */
@Timeout(30)
class SimulatorSignatureTest extends SimulatorTestCase {
  @Test
  void shouldNotUseUpAnAnswerWhenSignatureIsRefused() throws Exception {
    // given
    simulator.answers("T-1", RUNNING, SUCCESS);

    // when
    String refused = send(SignedRequest.describe("T-1").by("keyId", "wrong"));

    // then
    assertTrue(refused.startsWith("HTTP/1.1 400 Bad Request\r\n"));
    assertEquals("SignatureDoesNotMatch", body(refused).get("code").asText());
    assertEquals("running", body(describe("T-1")).get("state").asText());
    assertEquals(SignatureResult.MISMATCH, simulator.served("T-1").get(0).signature());
    assertEquals(0, simulator.served("T-1").get(0).call());
    assertEquals(1, simulator.served("T-1").get(1).call());
  }

  @Test
  void shouldAcceptOnlyNewKeyWhenRotated() throws Exception {
    simulator.answers("T-1", RUNNING);
    simulator.credentials(Credential.of("newKeyId", "newSecret"));
    assertEquals("InvalidAccessKeyId.NotFound", body(describe("T-1")).get("code").asText());
    String renewed = send(SignedRequest.describe("T-1").by("newKeyId", "newSecret"));
    assertTrue(renewed.startsWith("HTTP/1.1 200"));
  }

  @Test
  void shouldRefuseWhenDateIsOld() throws Exception {
    Instant old = Instant.now().minus(Duration.ofHours(1));
    String answer = send(SignedRequest.describe("T-1").date(old).by("keyId", "canary-secret"));
    assertEquals("InvalidTimeStamp.Expired", body(answer).get("code").asText());
  }

  @Test
  void shouldRecordWithoutSecretsWhenServing() throws Exception {
    // given
    simulator.credentials(Credential.sts("keyId", "canary-secret", "canary-token"));
    simulator.answers("T-1", RUNNING);

    // when
    send(SignedRequest.describe("T-1").token("keyId", "canary-token").by("keyId", "canary-secret"));

    // then
    RequestRecord served = simulator.served("T-1").get(0);
    assertEquals(SignatureResult.ACCEPTED, served.signature());
    assertEquals("GET /tasks/T-1 HTTP/1.1", served.requestLine());
    assertEquals("{\"state\":\"running\"}", served.body());
    assertEquals("***", Header.first(served.headers(), "authorization").orElseThrow());
    String line = RequestRecordJson.line(served);
    assertFalse(line.contains("canary"));
    assertFalse(line.contains("Signature="));
    assertTrue(line.contains("\"signature\":\"ACCEPTED\""));
  }
}
