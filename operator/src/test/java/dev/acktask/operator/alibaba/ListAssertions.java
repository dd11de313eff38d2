package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import dev.acktask.operator.alibaba.response.ListFormat;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.util.List;

/** Assertions about the result of a list. */
public final class ListAssertions {
  public static final String CLUSTER = "c00000000000000000000000000000c01";

  private ListAssertions() {}

  /** The page of tasks in {@code body}, answered with 200. */
  public static ListPage<ListedTask> tasks(String body) {
    return page(read(body));
  }

  /** The only task of a page with one entry that has these fields. */
  public static ListedTask taskWith(String fields) {
    List<ListedTask> tasks = tasks("{\"tasks\":[{\"task_id\":\"T-1\"," + fields + "}]}").items();
    return tasks.getFirst();
  }

  public static Listing<ListedTask> read(String body) {
    return Answer.of(200, body).readAs(ListFormat.tasks(CLUSTER));
  }

  public static <T> ListPage<T> page(Listing<T> listing) {
    return listing instanceof Listing.Listed<T> listed ? listed.page() : fail(listing.toString());
  }

  /** {@code body} is not a readable list. */
  public static void invalid(String body) {
    LookupAssertions.unavailable(Failure.RESPONSE_INVALID, cause(read(body)));
  }

  public static NoAnswer cause(Listing<?> listing) {
    return assertInstanceOf(Listing.Failed.class, listing, listing::toString).cause();
  }

  public static List<String> ids(ListPage<ListedTask> page) {
    return page.items().stream().map(item -> item.task().taskId()).toList();
  }
}
