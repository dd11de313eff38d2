package dev.acktask.bench.cloud;

import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.list.Page;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Answers of DescribeClusterTasks: the tasks of the benchmark, newest first, then a history of
 * finished tasks. They are put together as text, because the cloud shares the CPUs with the
 * measured operator.
 */
final class ListAnswers {
  private static final int ENTRY_LENGTH = 192;
  private static final String CREATED = "2026-01-05T10:00:00+08:00";

  private final Clusters clusters;
  private final int tasks;
  private final UpdateTimes updated;

  /** The entries of finished tasks by cluster, without the comma between them. */
  private final String[][] history;

  private final AtomicLong answers = new AtomicLong();

  /**
   * @param tasks number of tasks in all clusters
   */
  ListAnswers(Clusters clusters, int tasks, UpdateTimes updated) {
    this.clusters = clusters;
    this.tasks = tasks;
    this.updated = updated;
    this.history =
        IntStream.range(0, clusters.count())
            .mapToObj(cluster -> history(cluster, clusters.history()))
            .toArray(String[][]::new);
  }

  /** The present state of the tasks. */
  interface Tasks {
    int version(int task);

    boolean isFinished(int task);
  }

  /**
   * The body of one page of the list of a cluster.
   *
   * @param cluster its number, from 0
   * @throws IllegalArgumentException when a parameter of the page is not a positive number
   */
  String body(int cluster, Map<String, String> query, Tasks state) {
    Page page = Page.of(query, ListBehaviour.Paging.DEFAULT);
    int own = (tasks - cluster + clusters.count() - 1) / clusters.count();
    int total = own + clusters.history();
    int end = Math.min(Math.min(page.offset(), total) + page.size(), total);
    StringBuilder body = new StringBuilder(256 + page.size() * ENTRY_LENGTH);
    body.append("{\"requestId\":\"R-")
        .append(answers.incrementAndGet())
        .append("\",\"next_token\":\"")
        .append(end < total ? String.valueOf(end) : "")
        .append("\",\"page_info\":{\"page_number\":")
        .append(page.number())
        .append(",\"page_size\":")
        .append(page.size())
        .append(",\"total_count\":")
        .append(total)
        .append("},\"tasks\":[");
    for (int position = page.offset(); position < end; position++) {
      body.append(position == page.offset() ? "" : ",");
      if (position < own) {
        append(body, position * clusters.count() + cluster, state);
      } else {
        body.append(history[cluster][position - own]);
      }
    }
    return body.append("]}").toString();
  }

  private void append(StringBuilder body, int task, Tasks state) {
    body.append("{\"task_id\":\"")
        .append(Cloud.taskId(task))
        .append("\",\"task_type\":\"nodepool_upgrade\",\"state\":\"")
        .append(state.isFinished(task) ? "success" : "running")
        .append("\",\"created\":\"" + CREATED + "\",\"updated\":\"")
        .append(updated.of(state.version(task)))
        .append("\",\"error\":null}");
  }

  private static String[] history(int cluster, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                ("{\"task_id\":\"T-00000000%08x%08x\",\"task_type\":\"nodepool_scaleout\","
                        + "\"state\":\"success\",\"created\":\"2026-01-04T%02d:%02d:00+08:00\","
                        + "\"updated\":\"2026-01-04T%02d:%02d:40+08:00\",\"error\":null}")
                    .formatted(
                        cluster,
                        number,
                        hour(number),
                        minute(number),
                        hour(number),
                        minute(number)))
        .toArray(String[]::new);
  }

  /** The newest first, one a minute. */
  private static int hour(int number) {
    return Math.max(0, 23 - number / 60);
  }

  private static int minute(int number) {
    return 59 - number % 60;
  }
}
