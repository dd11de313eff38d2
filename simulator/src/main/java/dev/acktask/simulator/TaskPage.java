package dev.acktask.simulator;

import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.TaskJson;
import dev.acktask.simulator.script.TaskView;
import java.util.List;
import java.util.Map;

/**
 * One page of DescribeClusterTasks. Both ways of paging work: {@code page_number} with {@code
 * page_size}, and {@code next_token} with {@code max_results}, where the token is an offset.
 */
record TaskPage(int offset, int size) {
  private static final int DEFAULT_SIZE = 20;
  private static final int LARGEST = 100;

  /**
   * @throws IllegalArgumentException when a value is not a positive number
   */
  static TaskPage of(Map<String, String> query) {
    if (query.containsKey("next_token") || query.containsKey("max_results")) {
      String token = query.getOrDefault("next_token", "");
      int offset = token.isEmpty() ? 0 : positive("next_token", token);
      return new TaskPage(offset, size(query, "max_results"));
    }
    int size = size(query, "page_size");
    int number = positive("page_number", query.getOrDefault("page_number", "1"));
    return new TaskPage(Math.multiplyExact(number - 1, size), size);
  }

  Response of(List<TaskView> tasks) {
    int from = Math.min(offset, tasks.size());
    int to = Math.min(from + size, tasks.size());
    String nextToken = to < tasks.size() ? String.valueOf(to) : "";
    Response response = Response.json(200, "");
    String requestId = Header.first(response.headers(), Response.REQUEST_ID).orElse("");
    return response.body(
        Body.of(
            TaskJson.list(
                tasks.subList(from, to),
                offset / size + 1,
                size,
                tasks.size(),
                nextToken,
                requestId)));
  }

  private static int size(Map<String, String> query, String name) {
    String text = query.getOrDefault(name, String.valueOf(DEFAULT_SIZE));
    return Math.min(LARGEST, positive(name, text));
  }

  private static int positive(String name, String text) {
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new IllegalArgumentException("The specified parameter " + name + " is not valid.");
  }
}
