package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.ListAssertions;
import dev.acktask.operator.controller.FakeTaskClient;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists through a connection. */
final class ConnectionListTest {
  private static final TaskRef TASK = new TaskRef("T-1");
  private static final Rejected FORBIDDEN = new Rejected(Refusal.FORBIDDEN, "No.", null);
  private static final Rejected REFUSED = new Rejected(Refusal.UNAUTHORIZED, "Key.", null);

  private final FakeTaskClient polls = new FakeTaskClient();
  private final FakeListClient lists = new FakeListClient();
  private long nanos = Long.MAX_VALUE - 1;

  @Test
  void shouldListTheTasksOfACluster() {
    ListedTask task = new ListedTask(TASK, "cluster_upgrade", "running", null, null);
    lists.tasks = List.of(task);

    ListPage<ListedTask> page =
        ListAssertions.page(allowing().listTasks("c1", new PageRequest(2, null), null));

    assertEquals(List.of(task), page.items());
    assertEquals(List.of("tasks c1 2"), lists.calls);
  }

  @Test
  void shouldMakeNoRequestForAClusterThatIsNotAllowed() {
    NoAnswer cause = ListAssertions.cause(allowing("c1").listTasks("c2", PageRequest.FIRST, null));

    assertEquals(Refusal.CLUSTER_NOT_ALLOWED, ((Rejected) cause).cause());
    assertEquals(List.of(), lists.calls);
  }

  @Test
  void shouldLeaveOutClustersThatAreNotAllowed() {
    lists.clusters = List.of(cluster("c1"), cluster("c2"), cluster("c3"));

    ListPage<ListedCluster> page =
        ListAssertions.page(allowing("c3", "c1").listClusters(PageRequest.FIRST));

    assertEquals(List.of(cluster("c1"), cluster("c3")), page.items());
    assertEquals(3, page.received());
  }

  @Test
  void shouldLeaveOutPlansOfClustersThatAreNotAllowed() {
    lists.plans = List.of(plan("P-1", "c1"), plan("P-2", "c2"), plan("P-3", null));

    assertEquals(
        List.of(plan("P-1", "c1")), ListAssertions.page(allowing("c1").listPlans()).items());
  }

  @Test
  void shouldListAllPlansWithoutARule() {
    lists.plans = List.of(plan("P-1", "c1"), plan("P-3", null));

    assertEquals(lists.plans, ListAssertions.page(allowing().listPlans()).items());
  }

  @ParameterizedTest
  @CsvSource({"40,40", ",2"})
  void shouldPauseWhenAListIsThrottled(Long retryAfter, long pause) {
    Connection connection = allowing();
    Duration requested = retryAfter == null ? null : Duration.ofSeconds(retryAfter);
    lists.failure = new TaskLookup.Throttled("Slower.", requested, null);

    connection.listPlans();

    assertEquals(Duration.ofSeconds(pause), connection.tryAcquire());
    assertTrue(connection.calls().isThrottled());
  }

  @Test
  void shouldMakeNoListWhileTheCloudRefusesTheKeyOfPolls() {
    Connection connection = allowing();
    polls.answer(task -> REFUSED);
    connection.describe(TASK, null);

    assertEquals(
        REFUSED, ListAssertions.cause(connection.listTasks("c1", PageRequest.FIRST, null)));
    assertEquals(List.of(), lists.calls);
  }

  @Test
  void shouldMakeNoPollWhileTheCloudRefusesTheKeyOfLists() {
    Connection connection = allowing();
    lists.failure = REFUSED;
    connection.listPlans();

    assertEquals(REFUSED, connection.describe(TASK, null));
    assertEquals(List.of(), polls.calls);
  }

  @Test
  void shouldGoOnPollingWhenAListIsForbidden() {
    Connection connection = allowing();
    connection.describe(TASK, null);
    lists.failure = FORBIDDEN;
    connection.listTasks("c1", PageRequest.FIRST, null);

    assertInstanceOf(TaskLookup.Found.class, connection.describe(TASK, null));
    assertEquals(new CallOutcome.Answered(), connection.calls().outcome());
  }

  @Test
  void shouldSayNothingAboutTheConnectionWhenItsFirstListIsForbidden() {
    Connection connection = allowing();
    lists.failure = FORBIDDEN;

    connection.listClusters(PageRequest.FIRST);

    assertNull(connection.calls().outcome());
  }

  @Test
  void shouldBeAnsweredByAList() {
    Connection connection = allowing();

    connection.listClusters(PageRequest.FIRST);

    assertEquals(new CallOutcome.Answered(), connection.calls().outcome());
  }

  @Test
  void shouldStayForbiddenWhenListsAreAnswered() {
    Connection connection = allowing();
    polls.answer(task -> FORBIDDEN);
    connection.describe(TASK, null);

    connection.listClusters(PageRequest.FIRST);

    assertEquals(new CallOutcome.Refused(Refusal.FORBIDDEN, "No."), connection.calls().outcome());
  }

  @Test
  void shouldBeForbiddenAtOnceWhenOnlyListsWereAnswered() {
    Connection connection = allowing();
    connection.listClusters(PageRequest.FIRST);
    polls.answer(task -> FORBIDDEN);

    connection.describe(TASK, null);

    assertEquals(new CallOutcome.Refused(Refusal.FORBIDDEN, "No."), connection.calls().outcome());
  }

  @Test
  void shouldBeRefusedWhenTheKeyOfAListIsRefused() {
    Connection connection = allowing();
    connection.describe(TASK, null);
    lists.failure = REFUSED;

    connection.listPlans();

    assertEquals(
        new CallOutcome.Refused(Refusal.UNAUTHORIZED, "Key."), connection.calls().outcome());
  }

  @Test
  void shouldBeAnsweredAgainWhenAListIsAnsweredAfterARefusal() {
    // given
    Connection connection = allowing();
    lists.failure = REFUSED;
    connection.listPlans();
    nanos += CircuitBreaker.TRIAL_INTERVAL.toNanos();
    lists.failure = null;

    // when
    connection.listPlans();

    // then
    assertEquals(new CallOutcome.Answered(), connection.calls().outcome());
    assertInstanceOf(TaskLookup.Found.class, connection.describe(TASK, null));
  }

  private Connection allowing(String... clusters) {
    return new Connection(
        new Connection.Identity(ConnectionKey.cluster("some"), "1", Connections.REGION),
        new CloudApi(polls, lists),
        new RequestBudget(60, 1, () -> nanos),
        Set.of(clusters),
        () -> nanos,
        Optional::empty);
  }

  private static ListedCluster cluster(String id) {
    return new ListedCluster(id, null, null);
  }

  private static MaintenancePlan plan(String id, String cluster) {
    return new MaintenancePlan(id, cluster, null, null);
  }
}
