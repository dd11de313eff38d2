package dev.acktask.operator.polling;

import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskRef;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Scripted lists that record the calls; no list may be read at first. */
final class FakeLists {
  static final TaskLookup.NoAnswer FORBIDDEN =
      new TaskLookup.Rejected(Refusal.FORBIDDEN, "No right to list.", null);
  static final TaskLookup.NoAnswer DOWN =
      new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "down", null);

  /** Such as {@code c1/2}, {@code clusters/1} and {@code plans}. */
  final List<String> calls = new ArrayList<>();

  private BiFunction<String, PageRequest, Listing<ListedTask>> tasks =
      (cluster, page) -> new Listing.Failed<>(FORBIDDEN);
  private Function<PageRequest, Listing<ListedCluster>> clusters =
      page -> new Listing.Failed<>(FORBIDDEN);
  private Supplier<Listing<MaintenancePlan>> plans = () -> new Listing.Failed<>(FORBIDDEN);

  void tasks(BiFunction<String, PageRequest, Listing<ListedTask>> script) {
    tasks = script;
  }

  /** Each cluster has these tasks, in pages by number. */
  void tasks(List<ListedTask> listed) {
    tasks = (cluster, page) -> page(listed, page);
  }

  void clusters(Function<PageRequest, Listing<ListedCluster>> script) {
    clusters = script;
  }

  void clusters(List<String> ids) {
    clusters = page -> page(ids.stream().map(FakeLists::cluster).toList(), page);
  }

  void plans(Supplier<Listing<MaintenancePlan>> script) {
    plans = script;
  }

  /** The lists as one connection reads them. */
  ConnectionLists of(ConnectionKey connection) {
    return new ConnectionLists(
        (cluster, page) -> {
          calls.add(cluster + "/" + page.number());
          return tasks.apply(cluster, page);
        },
        page -> {
          calls.add("clusters/" + page.number());
          return clusters.apply(page);
        },
        () -> {
          calls.add("plans");
          return plans.get();
        });
  }

  static ListedTask task(String id, String state, String updated) {
    return new ListedTask(new TaskRef(id), "cluster_upgrade", state, null, updated);
  }

  static ListedCluster cluster(String id) {
    return new ListedCluster(id, null, null);
  }

  /** The page that {@code request} names of a list without tokens. */
  static <T> Listing<T> page(List<T> all, PageRequest request) {
    int from = Math.min((request.number() - 1) * PageRequest.SIZE, all.size());
    List<T> items = all.subList(from, Math.min(from + PageRequest.SIZE, all.size()));
    return listed(items, null);
  }

  static <T> Listing<T> listed(List<T> items, String token) {
    return new Listing.Listed<>(pageOf(items, token));
  }

  static <T> ListPage<T> pageOf(List<T> items, String token) {
    return new ListPage<>(items, items.size(), OptionalLong.empty(), token);
  }
}
