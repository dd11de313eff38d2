package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.ListAssertions;
import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskRef;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListResponseReaderTest {
  private static final String ENTRY = "{\"task_id\":\"T-1\",\"state\":\"running\"}";

  @Test
  void shouldLeaveOutEntriesThatAreNoTasks() {
    ListPage<ListedTask> page =
        ListAssertions.tasks(
            """
            {"tasks":[null,1,"T-0",[],{},{"task_id":null},{"task_id":5},{"task_id":""},
                      {"task_id":" T-1"},{"task_id":"T-1\\n"},{"task_id":"../T-1"},
                      {"task_id":["T-1"]},{"task_id":"T-2"}]}\
            """);

    assertEquals(List.of("T-2"), ListAssertions.ids(page));
    assertEquals(13, page.received());
  }

  @Test
  void shouldAcceptOnlyIdsOfTheApiWhateverCharacterTheyHave() {
    for (int c = 0; c <= 0x180; c++) {
      String id = "T" + (char) c + "1";
      ListPage<ListedTask> page =
          ListAssertions.tasks("{\"tasks\":[{\"task_id\":\"T" + "\\u%04x".formatted(c) + "1\"}]}");

      boolean isListed = !page.items().isEmpty();
      assertEquals(TaskRef.parse(id).isPresent(), isListed, "U+" + Integer.toHexString(c));
    }
  }

  @ParameterizedTest
  @CsvSource({"253,1", "254,0", "100000,0"})
  void shouldBoundTheLengthOfAnId(int length, int listed) {
    String body = "{\"tasks\":[{\"task_id\":\"" + "a".repeat(length) + "\"}]}";

    assertEquals(listed, ListAssertions.tasks(body).items().size());
  }

  @Test
  void shouldKeepTheFirstOfTwoEntriesWithOneId() {
    ListPage<ListedTask> page =
        ListAssertions.tasks(
            """
            {"tasks":[{"task_id":"T-1","state":"running"},{"task_id":"T-1","state":"success"}]}\
            """);

    assertEquals("running", page.items().getFirst().state());
    assertEquals(1, page.items().size());
    assertEquals(2, page.received());
  }

  @Test
  void shouldLeaveOutAnEntryThatNamesTwoTasks() {
    assertEquals(
        List.of(),
        ListAssertions.tasks("{\"tasks\":[{\"task_id\":\"T-1\",\"task_id\":\"T-2\"}]}").items());
  }

  @Test
  void shouldNotKnowAStateThatIsRepeated() {
    ListedTask task = ListAssertions.taskWith("\"state\":\"success\",\"state\":\"success\"");

    assertNull(task.state());
    assertFalse(task.isFinished());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "true", "[\"success\"]", "{\"state\":\"success\"}"})
  void shouldNotKnowAStateThatIsNotAString(String json) {
    assertNull(ListAssertions.taskWith("\"state\":" + json).state());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUCCESS",
        "success ",
        " success",
        "success\\n",
        "succes\\u0000s",
        "\\u202esuccess"
      })
  void shouldNotFinishATaskWhoseStateIsOnlyLikeASuccess(String state) {
    assertFalse(ListAssertions.taskWith("\"state\":\"" + state + "\"").isFinished());
  }

  @Test
  void shouldBoundEachTextOfAnEntry() {
    String large = "x ".repeat(50_000);

    ListedTask task =
        ListAssertions.taskWith(
            """
            "state":"%1$s","task_type":"%1$s","created":"%1$s","updated":"%1$s"\
            """
                .formatted(large));

    assertTrue(task.state().length() <= 256);
    assertTrue(task.type().length() <= 256);
    assertTrue(task.updated().length() <= 256);
    assertNull(task.created());
  }

  @Test
  void shouldShowNoHiddenCharactersAndNoSecrets() {
    ListedTask task =
        ListAssertions.taskWith(
            """
            "state":"\\u001b[31m","task_type":"password=CANARYsecret","updated":"\\u202ea"\
            """);

    String text = task.toString();
    assertFalse(text.contains("CANARY"), text);
    assertFalse(text.contains("\u001b"), text);
    assertFalse(text.contains("\u202e"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster_create",
        "cluster_scaleout",
        "cluster_attach",
        "cluster_delete",
        "cluster_upgrade",
        "cluster_migrate",
        "cluster_node_delete",
        "cluster_node_drain",
        "cluster_configuration_modify",
        "cluster_addon_install",
        "cluster_addon_uninstall",
        "runtime_upgrade",
        "nodepool_create",
        "nodepool_scaleout",
        "nodepool_node_attach",
        "nodepool_cve_fix",
        "nodepool_node_os_config_rollout",
        "nodepool_node_kubelet_config_rollout",
        "nodepool_node_containerd_config_rollout"
      })
  void shouldKeepKnownTypesAsTheyAre(String type) {
    assertEquals(type, ListAssertions.taskWith("\"task_type\":\"" + type + "\"").type());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"2020-11-10T16:02:04+08:00\"', 2020-11-10T08:02:04Z",
    "'\"2022-08-03T10:12:03.482+08:00\"', 2022-08-03T02:12:03.482Z",
    "'\"1669706229286\"', 2022-11-29T07:17:09.286Z",
    "1669706229286, 2022-11-29T07:17:09.286Z",
    "'\"2022-12-15 23:00:00\"',",
    "'\"0001-01-01T00:00:00Z\"',",
    "true,",
    "1e12,"
  })
  void shouldReadTheTimeOfCreation(String json, Instant created) {
    assertEquals(created, ListAssertions.taskWith("\"created\":" + json).created());
  }

  @Test
  void shouldKeepTheTimeOfTheLastUpdateAsItWasSent() {
    assertEquals(
        "2022-08-03T10:12:03.482+08:00",
        ListAssertions.taskWith("\"updated\":\"2022-08-03T10:12:03.482+08:00\"").updated());
    assertEquals("yesterday", ListAssertions.taskWith("\"updated\":\"yesterday\"").updated());
  }

  @Test
  void shouldLeaveOutTasksOfAnotherCluster() {
    ListPage<ListedTask> page =
        ListAssertions.tasks(
            """
            {"tasks":[{"task_id":"T-1","cluster_id":"c00000000000000000000000000000c02"},
                      {"task_id":"T-2","cluster_id":"%s"},{"task_id":"T-3"},
                      {"task_id":"T-4","cluster_id":null}]}\
            """
                .formatted(ListAssertions.CLUSTER));

    assertEquals(List.of("T-2", "T-3", "T-4"), ListAssertions.ids(page));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "7,7", "9223372036854775807,9223372036854775807"})
  void shouldReadTheCount(String json, long count) {
    assertEquals(OptionalLong.of(count), count(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "9223372036854775808",
        "1.0",
        "1e3",
        "\"7\"",
        "null",
        "[]",
        "7,\"total_count\":7"
      })
  void shouldHaveNoCountThatIsNotACount(String json) {
    assertEquals(OptionalLong.empty(), count(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "7", "\"x\""})
  void shouldReadTheListWithoutPageInfo(String json) {
    assertEquals(
        OptionalLong.empty(),
        ListAssertions.tasks("{\"page_info\":" + json + ",\"tasks\":[]}").totalCount());
  }

  @Test
  void shouldReadATokenOfPrintableCharacters() {
    String token = "AAAA+/=:;,.~%".repeat(70);

    assertEquals(
        token, ListAssertions.tasks("{\"next_token\":\"" + token + "\",\"tasks\":[]}").nextToken());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "\"\"", "\" \"", "\"a b\"", "\"a\\u0000\"", "\"中\"", "7", "[\"a\"]"})
  void shouldHaveNoTokenThatIsNotOne(String json) {
    assertNull(ListAssertions.tasks("{\"next_token\":" + json + ",\"tasks\":[]}").nextToken());
  }

  @ParameterizedTest
  @CsvSource({"1024,true", "1025,false"})
  void shouldBoundTheToken(int length, boolean isKept) {
    String body = "{\"next_token\":\"" + "a".repeat(length) + "\",\"tasks\":[]}";

    assertEquals(isKept, ListAssertions.tasks(body).nextToken() != null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"tasks\":null}",
        "{\"tasks\":{}}",
        "{\"tasks\":\"\"}",
        "{\"Tasks\":[]}",
        "{\"clusters\":[]}",
        "{\"tasks\":null,\"page_info\":{\"total_count\":1}}",
        "{\"data\":{\"tasks\":[]}}"
      })
  void shouldBeInvalidWithoutAList(String body) {
    ListAssertions.invalid(body);
  }

  @Test
  void shouldReadNullAsAnEmptyListWhenNothingIsCounted() {
    String body = "{\"tasks\":null,\"page_info\":{\"total_count\":0}}";

    assertEquals(List.of(), ListAssertions.tasks(body).items());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tasks\":[],\"tasks\":[]}",
        "{\"tasks\":[]} ]",
        "{\"tasks\":[]}{\"tasks\":[]}",
        "{\"tasks\":[],}",
        "{\"tasks\":[,]}",
        "{'tasks':[]}",
        "{\"tasks\":[{\"task_id\":\"T-1\",}]}",
        "{\"tasks\":[{\"task_id\":\"T-1\"]}",
        "{\"tasks\":[{\"task_id\":\"T-1\nT-2\"}]}",
        "{\"tasks\":[NaN]}",
        "{\"tasks\":[]/**/}"
      })
  void shouldBeInvalidWhenItIsNotStrictJson(String body) {
    ListAssertions.invalid(body);
  }

  @Test
  void shouldListNothingInAnyPrefix() {
    String body = "{\"page_info\":{\"total_count\":1},\"tasks\":[" + ENTRY + "]}";
    for (int length = 0; length < body.length(); length++) {
      ListAssertions.invalid(body.substring(0, length));
    }
  }

  @Test
  void shouldReadEntriesWithDeepParts() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String body = "{\"tasks\":[{\"x\":" + deep + ",\"task_id\":\"T-1\"}," + deep + "]}";

    assertEquals(List.of("T-1"), ListAssertions.ids(ListAssertions.tasks(body)));
  }

  @Test
  void shouldClassifyAnErrorThatWasAnsweredWith200() {
    NoAnswer cause =
        ListAssertions.cause(
            ListAssertions.read("{\"code\":\"Throttling.User\",\"message\":\"CANARY\"}"));

    assertInstanceOf(Throttled.class, cause);
  }

  @Test
  void shouldReadAListThatAlsoHasACode() {
    assertEquals(
        List.of("T-1"),
        ListAssertions.ids(ListAssertions.tasks("{\"code\":\"200\",\"tasks\":[" + ENTRY + "]}")));
  }

  @Test
  void shouldNameTheClusterThatDoesNotExist() {
    NoAnswer cause =
        ListAssertions.cause(
            Answer.of(404, "{\"code\":\"ErrorClusterNotFound\",\"requestId\":\"R-1\"}")
                .readAs(ListFormat.tasks(ListAssertions.CLUSTER)));

    LookupAssertions.rejected(Refusal.INVALID_REQUEST, cause);
    assertTrue(cause.message().contains("no cluster " + ListAssertions.CLUSTER), cause.message());
    assertEquals("R-1", cause.requestId());
  }

  @Test
  void shouldNameThePermissionThatIsMissing() {
    assertForbidden("acs:cs:*:*:cluster/c1", ListFormat.tasks("c1"));
    assertForbidden("cs:DescribeClustersV1", ListFormat.clusters());
    assertForbidden("cs:ListOperationPlansForRegion", ListFormat.plans());
  }

  @Test
  void shouldLeaveOutClustersWithoutAnId() {
    String body =
        """
        {"clusters":[{"cluster_id":"c1","name":" shop\\n"},{"cluster_id":"c 2"},{"name":"x"},
                     {"cluster_id":"%s"},{"cluster_id":"c1","name":"again"}]}\
        """
            .formatted("c".repeat(65));

    List<?> clusters =
        ListAssertions.page(Answer.of(200, body).readAs(ListFormat.clusters())).items();

    assertEquals(List.of(new ListedCluster("c1", "shop", null)), clusters);
  }

  @Test
  void shouldReadPlansWithOddFields() {
    String body =
        """
        {"plans":[{"plan_id":"P-1","cluster_id":"c/1","task_id":"../x","type":[]},
                  {"plan_id":"P 2"},{"task_id":"T-1"}]}\
        """;

    assertEquals(
        List.of(new MaintenancePlan("P-1", null, null, null)),
        ListAssertions.page(Answer.of(200, body).readAs(ListFormat.plans())).items());
  }

  @Test
  void shouldReadNullAsNoPlans() {
    assertEquals(
        List.of(),
        ListAssertions.page(Answer.of(200, "{\"plans\":null}").readAs(ListFormat.plans())).items());
  }

  @Test
  void shouldKeepTheOrderOfTheAnswer() {
    StringBuilder body = new StringBuilder("{\"tasks\":[{}");
    IntStream.range(0, 500).forEach(i -> body.append(",{\"task_id\":\"T-" + (i * 7) % 500 + "\"}"));

    List<String> ids = ListAssertions.ids(ListAssertions.tasks(body.append("]}").toString()));

    assertEquals(IntStream.range(0, 500).mapToObj(i -> "T-" + (i * 7) % 500).toList(), ids);
  }

  private static void assertForbidden(String permission, ListFormat<?> format) {
    NoAnswer cause =
        ListAssertions.cause(Answer.of(403, "{\"code\":\"StatusForbidden\"}").readAs(format));

    LookupAssertions.rejected(Refusal.FORBIDDEN, cause);
    assertTrue(cause.message().contains(permission), cause.message());
  }

  private static OptionalLong count(String json) {
    return ListAssertions.tasks("{\"tasks\":[],\"page_info\":{\"total_count\":" + json + "}}")
        .totalCount();
  }
}
