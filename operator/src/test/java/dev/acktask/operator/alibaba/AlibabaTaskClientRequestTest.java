package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The content of requests. */
final class AlibabaTaskClientRequestTest {
  private static final String SUCCESS = SampleTask.inState("success");
  @AutoClose private final SimulatedCloud cloud = new SimulatedCloud();

  @Test
  void shouldFindTheTask() {
    TaskLookup lookup = cloud.answered(Response.json(200, SUCCESS));

    assertEquals("success", LookupAssertions.task(lookup).state());
    assertNotNull(assertInstanceOf(TaskLookup.Found.class, lookup).requestId());
    assertEquals(
        "GET /tasks/" + SampleTask.ID + " HTTP/1.1", cloud.simulator.served().get(0).requestLine());
  }

  @Test
  void shouldSignWithTheSecurityTokenOfASession() throws IOException {
    dev.acktask.simulator.signature.Credential session =
        new dev.acktask.simulator.signature.Credential("STS.id", "secret", Optional.of("t/o+k=en"));
    cloud.simulator.credentials(session);
    cloud.simulator.answers(SampleTask.ID, Response.json(200, SUCCESS));
    try (CloudClient sts =
        CloudClient.of(cloud.simulator.endpoint())
            .credential("STS.id", "secret", "t/o+k=en")
            .build()) {
      assertEquals("success", LookupAssertions.task(sts.describe(SampleTask.ID)).state());
    }
  }

  @Test
  void shouldSendOnlyTheListedHeaders() {
    cloud.answered(Response.json(200, SUCCESS));

    assertEquals(
        List.of(
            "accept",
            "authorization",
            "host",
            "user-agent",
            "x-acs-action",
            "x-acs-content-sha256",
            "x-acs-date",
            "x-acs-signature-nonce",
            "x-acs-version"),
        cloud.simulator.served().get(0).headers().stream()
            .map(header -> header.name().toLowerCase(Locale.ROOT))
            .sorted()
            .toList());
  }

  @Test
  void shouldSendNothingWhenThereIsNoCredential() {
    TaskLookup lookup;
    try (CloudClient none =
        CloudClient.of(cloud.simulator.endpoint())
            .credential(Credential.parse("", "", ""))
            .build()) {
      lookup = none.describe(SampleTask.ID);
    }

    Rejected rejected = assertInstanceOf(Rejected.class, lookup);
    assertEquals(Refusal.CREDENTIALS_MISSING, rejected.cause());
    assertEquals(List.of(), cloud.simulator.served());
  }
}
