package dev.acktask.operator.connection;

import dev.acktask.operator.task.ListClient;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.TaskLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Lists what the test sets, each in one page, and records the calls. */
public final class FakeListClient implements ListClient {
  public final List<String> calls = new ArrayList<>();
  public List<ListedTask> tasks = List.of();
  public List<ListedCluster> clusters = List.of();
  public List<MaintenancePlan> plans = List.of();

  /** Why each list fails; null if it does not. */
  public TaskLookup.@Nullable NoAnswer failure;

  @Override
  public Listing<ListedTask> tasks(String clusterId, PageRequest page) {
    calls.add("tasks " + clusterId + " " + page.number());
    return listed(tasks);
  }

  @Override
  public Listing<ListedCluster> clusters(PageRequest page) {
    calls.add("clusters " + page.number());
    return listed(clusters);
  }

  @Override
  public Listing<MaintenancePlan> plans() {
    calls.add("plans");
    return listed(plans);
  }

  private <T> Listing<T> listed(List<T> items) {
    return failure == null
        ? new Listing.Listed<>(
            new ListPage<>(items, items.size(), OptionalLong.of(items.size()), null))
        : new Listing.Failed<>(failure);
  }
}
