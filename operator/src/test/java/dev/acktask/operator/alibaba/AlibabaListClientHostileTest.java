package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.response.Delivery.Ending;
import dev.acktask.simulator.response.Response;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists from a server that sends anything. */
final class AlibabaListClientHostileTest {
  private static final String BODY =
      """
      {"page_info":{"total_count":2},
       "tasks":[{"task_id":"T-1","state":"success"},{"task_id":"T-2","state":"failed"}]}\
      """;

  @AutoClose private final SimulatedCloud cloud = new SimulatedCloud();

  @ParameterizedTest
  @EnumSource(names = {"CLOSE", "RESET"})
  void shouldListNothingOfACutAnswer(Ending ending) {
    for (int length = 0; length < BODY.length(); length += 7) {
      Response reply = Response.json(200, BODY).cutBodyAfter(length, ending);

      assertTrue(failed(cloud.shortTimeoutClient, reply) instanceof Unavailable, "at " + length);
    }
  }

  @Test
  void shouldListNothingWhenLessCameThanDeclared() {
    Response reply = Response.json(200, BODY).declaringLength(BODY.length() + 1).closing();

    assertTrue(failed(cloud.shortTimeoutClient, reply) instanceof Unavailable);
  }

  @Test
  void shouldListNothingWhenMoreCameThanDeclared() {
    Response reply = Response.json(200, BODY).declaringLength(BODY.length() - 1);

    LookupAssertions.unavailable(Failure.RESPONSE_INVALID, failed(reply));
  }

  @Test
  void shouldNotUnpackAnAnswer() {
    LookupAssertions.unavailable(Failure.RESPONSE_INVALID, failed(Response.json(200, BODY).gzip()));
    LookupAssertions.unavailable(
        Failure.RESPONSE_INVALID, failed(Response.gzipBomb(10_000_000_000L)));
  }

  @Test
  void shouldStopReadingAboveTheLimitOfLists() {
    NoAnswer cause = failed(Response.endless(200_000_000L));

    LookupAssertions.unavailable(Failure.RESPONSE_TOO_LARGE, cause);
    assertTrue(cause.message().startsWith("The list is larger"), cause.message());
    assertTrue(cloud.simulator.served().getFirst().bytes() < 100_000_000L);
  }

  @Test
  void shouldNotReadAListThatIsDeclaredTooLarge() {
    LookupAssertions.unavailable(
        Failure.RESPONSE_TOO_LARGE,
        failed(Response.json(200, BODY).declaringLength(AlibabaListClient.MAX_BODY_BYTES + 1L)));
  }

  @Test
  void shouldObeyALowerLimitOfTheTransport() {
    String filled = BODY + " ".repeat(70_000);
    try (CloudClient small = CloudClient.of(cloud.simulator.endpoint()).maxBytes(65_536).build()) {
      LookupAssertions.unavailable(
          Failure.RESPONSE_TOO_LARGE, failed(small, Response.json(200, filled)));
    }
  }

  @Test
  void shouldReadAListUpToTheLimit() {
    String filled = BODY + " ".repeat(AlibabaListClient.MAX_BODY_BYTES - BODY.length());

    assertEquals(2, listed(Response.json(200, filled)).items().size());
  }

  @Test
  void shouldReadAThousandOfAHundredThousandEntries() {
    // given
    StringBuilder body = new StringBuilder("{\"tasks\":[{\"task_id\":\"T\"}");
    for (int i = 1; i < 2_000; i++) {
      body.append(",{\"task_id\":\"T-").append(i).append("\"}");
    }
    body.append(",{}".repeat(98_000)).append("]}");

    // when
    ListPage<ListedTask> page = listed(Response.json(200, body.toString()));

    // then
    assertEquals(100_000, page.received());
    assertEquals(1_000, page.items().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "\"tasks\"", "<html>", "{\"tasks\":[", "{}{}", "\uFEFF{}"})
  void shouldListNothingOfWhatIsNotOneObject(String body) {
    LookupAssertions.unavailable(Failure.RESPONSE_INVALID, failed(Response.json(200, body)));
  }

  @Test
  void shouldGiveUpAtTheDeadlineWhenNothingComes() {
    LookupAssertions.unavailable(
        Failure.API_UNAVAILABLE, failed(cloud.shortTimeoutClient, Response.hang()));
  }

  private ListPage<ListedTask> listed(Response reply) {
    return ListAssertions.page(list(cloud.client, reply));
  }

  private NoAnswer failed(Response reply) {
    return failed(cloud.client, reply);
  }

  private NoAnswer failed(CloudClient client, Response reply) {
    return ListAssertions.cause(list(client, reply));
  }

  private Listing<ListedTask> list(CloudClient client, Response reply) {
    cloud.simulator.clear();
    cloud.simulator.outage(reply);
    return client.lists().tasks(ListAssertions.CLUSTER, PageRequest.FIRST);
  }
}
