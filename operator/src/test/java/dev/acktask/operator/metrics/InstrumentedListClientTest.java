package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.connection.FakeListClient;
import dev.acktask.operator.task.ListClient;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class InstrumentedListClientTest {
  private static final String REGION = "cn-hangzhou";

  private final FakeListClient cloud = new FakeListClient();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RequestMeters meters = new RequestMeters(registry, 2);
  private final ListClient client = meters.instrument(cloud, "eu", REGION);

  @Test
  void shouldCountEachOperation() {
    // when
    client.tasks("c1", PageRequest.FIRST);
    client.tasks(
        "c1", new PageRequest(2, null), new ListPage<>(List.of(), 0, OptionalLong.empty(), null));
    client.clusters(PageRequest.FIRST);
    client.plans();

    // then
    assertEquals(2, count("DescribeClusterTasks", "success"));
    assertEquals(1, count("DescribeClustersV1", "success"));
    assertEquals(1, count("ListOperationPlansForRegion", "success"));
  }

  @Test
  void shouldTimeEachList() {
    client.plans();

    assertEquals(1, registry.get("acktask.operator.api.request.duration").timer().count());
  }

  @Test
  void shouldCountEachFailureLikeThatOfAPoll() {
    Map<TaskLookup.NoAnswer, String> outcomes =
        Map.of(
            new TaskLookup.Throttled("slow", null, null), "throttled",
            new TaskLookup.Rejected(Refusal.FORBIDDEN, "no", null), "unauthorized",
            new TaskLookup.Unavailable(Failure.RESPONSE_INVALID, "no", null), "error");
    outcomes.forEach(
        (failure, outcome) -> {
          cloud.failure = failure;
          client.plans();

          assertEquals(1, count("ListOperationPlansForRegion", outcome), outcome);
        });
  }

  @Test
  void shouldHaveNoSeriesOfAnOperationWithoutACall() {
    client.plans();

    assertEquals(Set.of("ListOperationPlansForRegion"), labels("operation"));
  }

  @Test
  void shouldRemoveTheMetersWithTheConnection() {
    client.plans();

    meters.remove("eu");

    assertEquals(Set.of(), labels("connection"));
  }

  @Test
  void shouldListWithoutMetersOnceTheConnectionIsRemoved() {
    meters.remove("eu");

    client.plans();

    assertEquals(Set.of("plans"), Set.copyOf(cloud.calls));
    assertEquals(Set.of(), labels("connection"));
  }

  @Test
  void shouldCountConnectionsBeyondTheLimitTogether() {
    meters.instrument(cloud, "us", "us-east-1").plans();
    meters.instrument(cloud, "third", REGION).plans();
    meters.instrument(cloud, "fourth", REGION).plans();

    assertEquals(Set.of("us", ConnectionLabel.OTHER), labels("connection"));
    assertEquals(3, count("ListOperationPlansForRegion", "success"));
  }

  private double count(String operation, String outcome) {
    return registry
        .get("acktask.operator.api.requests")
        .tags("operation", operation, "outcome", outcome)
        .counters()
        .stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private Set<String> labels(String name) {
    return registry.getMeters().stream()
        .map(meter -> meter.getId().getTag(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
