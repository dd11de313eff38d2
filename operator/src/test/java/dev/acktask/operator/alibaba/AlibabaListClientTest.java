package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.account.Cluster;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.Step;
import dev.acktask.simulator.script.TaskScript;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of a cloud that verifies signatures, and of one that answers anything. */
final class AlibabaListClientTest {
  private static final String CLUSTER = ListAssertions.CLUSTER;
  @AutoClose private final SimulatedCloud cloud = new SimulatedCloud();

  @Test
  void shouldListTheTasksOfTheCluster() {
    // given
    cloud.simulator.play(task("T-1", CLUSTER));
    cloud.simulator.play(task("T-2", "c00000000000000000000000000000c02"));

    // when
    ListPage<ListedTask> page = tasks(PageRequest.FIRST);

    // then
    ListedTask listed = page.items().getFirst();
    assertEquals(List.of("T-1"), ListAssertions.ids(page));
    assertEquals("cluster_upgrade", listed.type());
    assertEquals("running", listed.state());
    assertEquals(1, page.received());
    assertEquals(OptionalLong.of(1), page.totalCount());
    assertNull(page.nextToken());
  }

  @Test
  void shouldSendThePageInASortedQuery() {
    tasks(new PageRequest(3, null));

    assertEquals(
        "GET /clusters/" + CLUSTER + "/tasks?page_number=3&page_size=100 HTTP/1.1", requestLine());
  }

  @Test
  void shouldListAllPagesByNumber() {
    playMany(250);

    Set<String> ids = new HashSet<>();
    for (int number = 1; number <= 3; number++) {
      ids.addAll(ListAssertions.ids(tasks(new PageRequest(number, null))));
    }

    assertEquals(250, ids.size());
  }

  @Test
  void shouldListAllPagesByToken() {
    // given
    playMany(250);
    ListPage<ListedTask> first = tasks(PageRequest.FIRST);

    // when
    ListPage<ListedTask> second = tasks(new PageRequest(2, first.nextToken()));
    ListPage<ListedTask> third = tasks(new PageRequest(3, second.nextToken()));

    // then
    Set<String> ids = new HashSet<>();
    List.of(first, second, third).forEach(page -> ids.addAll(ListAssertions.ids(page)));
    assertEquals(250, ids.size());
    assertNull(third.nextToken());
  }

  @Test
  void shouldSignATokenWithAnyPrintableCharacter() {
    StringBuilder token = new StringBuilder();
    IntStream.rangeClosed('!', '~').forEach(c -> token.append((char) c));

    // The simulator checks the signature before it rejects the token.
    LookupAssertions.rejected(
        Refusal.INVALID_REQUEST,
        ListAssertions.cause(
            cloud.client.lists().tasks(CLUSTER, new PageRequest(2, token.toString()))));
  }

  @Test
  void shouldSendALongToken() {
    String token = "%".repeat(1_024);

    LookupAssertions.rejected(
        Refusal.INVALID_REQUEST,
        ListAssertions.cause(cloud.client.lists().tasks(CLUSTER, new PageRequest(2, token))));
  }

  @Test
  void shouldSendALongTokenWithTheLongTokenOfASession() {
    // given
    String security = "s".repeat(4_000);
    cloud.simulator.credentials(
        new dev.acktask.simulator.signature.Credential("STS.id", "secret", Optional.of(security)));
    PageRequest page = new PageRequest(2, "%".repeat(1_024));

    // when
    Listing<ListedTask> listing;
    try (CloudClient session =
        CloudClient.of(cloud.simulator.endpoint())
            .credential("STS.id", "secret", security)
            .build()) {
      listing = session.lists().tasks(CLUSTER, page);
    }

    // then
    LookupAssertions.rejected(Refusal.INVALID_REQUEST, ListAssertions.cause(listing));
  }

  @Test
  void shouldListTheClustersOfTheRegion() {
    // given
    cloud
        .simulator
        .account(Simulator.DEFAULT_ACCOUNT)
        .region("cn-hangzhou")
        .putCluster(Cluster.of(CLUSTER).named("shop"));

    // when
    ListPage<ListedCluster> page =
        ListAssertions.page(cloud.client.lists().clusters(PageRequest.FIRST));

    // then
    assertEquals(List.of(new ListedCluster(CLUSTER, "shop", "cn-hangzhou")), page.items());
    assertEquals(
        "GET /api/v1/clusters?page_number=1&page_size=100&region_id=cn-hangzhou HTTP/1.1",
        requestLine());
  }

  @Test
  void shouldLeaveOutClustersOfOtherRegions() {
    // given
    cloud.simulator.outage(
        Response.json(
            200,
            """
            {"clusters":[
              {"cluster_id":"c1","region_id":"cn-beijing"},
              {"cluster_id":"c2","region_id":"cn-hangzhou"},
              {"cluster_id":"c3"}]}\
            """));

    // when
    ListPage<ListedCluster> page =
        ListAssertions.page(cloud.client.lists().clusters(PageRequest.FIRST));

    // then
    assertEquals(List.of("c2", "c3"), page.items().stream().map(ListedCluster::clusterId).toList());
    assertEquals(3, page.received());
  }

  @Test
  void shouldListThePlansOfTheRegion() {
    // given
    cloud.simulator.outage(
        Response.json(
            200,
            """
            {"plans":[{"plan_id":"P-1","cluster_id":"c1","task_id":"T-1","type":"CVE_FIX",
                       "state":"Executing"},
                      {"plan_id":"P-2","cluster_id":"c1","state":"Scheduled"}]}\
            """));

    // when
    ListPage<MaintenancePlan> page = ListAssertions.page(cloud.client.lists().plans());

    // then
    assertEquals(
        List.of(
            new MaintenancePlan("P-1", "c1", new TaskRef("T-1"), "CVE_FIX"),
            new MaintenancePlan("P-2", "c1", null, null)),
        page.items());
    assertEquals("GET /regions/cn-hangzhou/operation/plans HTTP/1.1", requestLine());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "c1/../..", "c1?x=y", "c 1", "c\n1", "中"})
  void shouldSendNothingForAnIdThatNoClusterHas(String clusterId) {
    LookupAssertions.rejected(
        Refusal.INVALID_REQUEST,
        ListAssertions.cause(cloud.client.lists().tasks(clusterId, PageRequest.FIRST)));

    assertEquals(0, cloud.requests());
  }

  @ParameterizedTest
  @CsvSource({
    "403, StatusForbidden, FORBIDDEN",
    "404, ErrorClusterNotFound, INVALID_REQUEST",
    "404, InvalidAccessKeyId.NotFound, UNAUTHORIZED",
    "404, InvalidAction.NotFound, INVALID_REQUEST",
    "400, SomethingElse, INVALID_REQUEST"
  })
  void shouldClassifyErrorCodes(int status, String code, Refusal cause) {
    cloud.simulator.outage(Response.error(status, code, "CANARY"));

    LookupAssertions.rejected(cause, failed());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void shouldBeUnavailableWhenTheServerFails(int status) {
    cloud.simulator.outage(Response.of(status));

    LookupAssertions.unavailable(Failure.API_UNAVAILABLE, failed());
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206, 301, 302, 304, 404})
  void shouldBeInvalidWhenTheStatusIsNotOfTheApi(int status) {
    cloud.simulator.outage(
        status == 204 || status == 304
            ? Response.of(status)
            : Response.json(status, "{\"tasks\":[]}"));

    LookupAssertions.unavailable(Failure.RESPONSE_INVALID, failed());
  }

  @Test
  void shouldReportABoundedRetryAfterWhenThrottled() {
    cloud.simulator.outage(Response.of(429).header("x-acs-retry-after", "2500"));

    assertTrue(
        failed() instanceof Throttled throttled
            && Duration.ofMillis(2500).equals(throttled.retryAfter()));
  }

  @Test
  void shouldRetryOnceWithANewNonceWhenTheClockIsWrong() {
    Instant past = Instant.parse("2001-02-03T04:05:06Z");
    try (CloudClient late = CloudClient.of(cloud.simulator.endpoint()).clock(() -> past).build()) {
      LookupAssertions.rejected(
          Refusal.CLOCK_SKEW, ListAssertions.cause(late.lists().tasks(CLUSTER, PageRequest.FIRST)));
    }

    assertEquals(2, cloud.requests());
    assertEquals(2, cloud.distinctNonces());
  }

  @Test
  void shouldReportARefusedCredential() {
    try (CloudClient wrong =
        CloudClient.of(cloud.simulator.endpoint()).credential("other", "x", null).build()) {
      LookupAssertions.rejected(
          Refusal.UNAUTHORIZED,
          ListAssertions.cause(wrong.lists().tasks(CLUSTER, PageRequest.FIRST)));

      assertEquals(1, wrong.refusals());
    }
  }

  private NoAnswer failed() {
    return ListAssertions.cause(cloud.client.lists().tasks(CLUSTER, PageRequest.FIRST));
  }

  private ListPage<ListedTask> tasks(PageRequest page) {
    return ListAssertions.page(cloud.client.lists().tasks(CLUSTER, page));
  }

  private String requestLine() {
    return cloud.simulator.served().getLast().requestLine();
  }

  private void playMany(int count) {
    IntStream.range(0, count).forEach(i -> cloud.simulator.play(task("T-" + i, CLUSTER)));
  }

  private static TaskScript task(String id, String cluster) {
    return TaskScript.builder(id, cluster)
        .taskType("cluster_upgrade")
        .timeline(List.of(Step.builder(Duration.ZERO).state("running").build()))
        .build();
  }
}
