package dev.acktask.operator.discovery.controller;

import static dev.acktask.operator.discovery.ListedTasks.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.Clusters;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.discovery.DiscoveryFindings.Failure;
import dev.acktask.operator.discovery.DiscoverySettings;
import dev.acktask.operator.polling.SweepResult;
import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.text.Parsed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SweepInboxTest {
  private static final ConnectionKey EU = ConnectionKey.cluster("eu");
  private static final NoAnswer NOT_FOUND =
      new Rejected(Refusal.CONNECTION_NOT_FOUND, "There is no connection.", null);
  private static final NoAnswer THROTTLED = new Throttled("Too many calls.", null, null);
  private static final Instant LONG_AGO = NOW.minus(Duration.ofMinutes(16));

  private final SweepInbox inbox = inbox(settings(true));

  @Test
  void shouldReplaceAFailureWithTheNextResultOfTheList() {
    inbox.put(failed("c1", NOW, THROTTLED));
    assertEquals(List.of("Throttled"), reasons(inbox));

    inbox.put(tasks("c1", NOW));

    assertEquals(List.of(), reasons(inbox));
    assertEquals(Set.of(new ClusterKey(EU, "c1")), inbox.clusters());
  }

  @Test
  void shouldForgetClustersThatAreNotListedAnyMore() {
    inbox.put(tasks("c1", NOW));
    inbox.put(failed("c2", NOW, NOT_FOUND));

    inbox.put(
        new SweepResult.Clusters(EU, NOW, List.of(new ListedCluster("c1", null, null)), true));

    assertEquals(Set.of(new ClusterKey(EU, "c1")), inbox.clusters());
    assertEquals(List.of(), reasons(inbox));
  }

  @Test
  void shouldKeepClustersWhenTheListOfClustersIsCut() {
    inbox.put(tasks("c1", NOW));

    inbox.put(new SweepResult.Clusters(EU, NOW, List.of(), false));

    assertEquals(1, inbox.clusters().size());
  }

  @Test
  void shouldForgetOldResultsButNoRefusal() {
    inbox.put(tasks("c1", LONG_AGO));
    inbox.put(failed("c2", LONG_AGO, THROTTLED));
    inbox.put(failed("c3", LONG_AGO, NOT_FOUND));

    assertEquals(Set.of(new ClusterKey(EU, "c3")), inbox.clusters());
    assertEquals(List.of("ConnectionNotFound"), reasons(inbox));
  }

  @Test
  void shouldNotReportAFailedListOfPlans() {
    inbox.put(new SweepResult.Failed(EU, NOW, 0, SweptList.PLANS, "", NOT_FOUND));

    assertEquals(List.of(), reasons(inbox));
  }

  @Test
  void shouldContinueWhereTheSubscriptionIsTheSame() {
    // given
    inbox.put(failed("c1", NOW, NOT_FOUND));
    SweepInbox same = inbox(settings(true));
    SweepInbox other = inbox(settings(false));

    // when
    same.continueFrom(inbox);
    other.continueFrom(inbox);

    // then
    assertEquals(List.of("ConnectionNotFound"), reasons(same));
    assertEquals(List.of(), reasons(other));
  }

  @Test
  void shouldHandOverTheTasksOfAClusterOnce() {
    inbox.put(tasks("c1", NOW));
    ClusterKey cluster = new ClusterKey(EU, "c1");

    assertEquals(List.of(cluster), inbox.unhandled());
    assertTrue(inbox.take(cluster).isPresent());
    assertFalse(inbox.take(cluster).isPresent());
  }

  private static SweepResult tasks(String cluster, Instant began) {
    return new SweepResult.Tasks(EU, began, 0, cluster, List.of(), true);
  }

  private static SweepResult failed(String cluster, Instant began, NoAnswer cause) {
    return new SweepResult.Failed(EU, began, 0, SweptList.TASKS, cluster, cause);
  }

  private static List<String> reasons(SweepInbox inbox) {
    inbox.clusters();
    return inbox.failures().stream().map(Failure::reason).toList();
  }

  private static SweepInbox inbox(DiscoverySettings settings) {
    return new SweepInbox(settings, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static DiscoverySettings settings(boolean isAll) {
    DiscoverySpec spec =
        DiscoverySpec.builder()
            .clusters(
                isAll ? new Clusters(null, true, null) : new Clusters(List.of("c1"), null, null))
            .build();
    return switch (DiscoverySettings.parse(spec)) {
      case Parsed.Valid<DiscoverySettings> valid -> valid.value();
      case Parsed.Invalid<DiscoverySettings> invalid ->
          throw new AssertionError(invalid.problems());
    };
  }
}
