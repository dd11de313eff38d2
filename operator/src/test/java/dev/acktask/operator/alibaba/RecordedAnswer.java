package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.response.TaskResponseReader;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/** Reads an HTTP answer like the client, for tests of the evaluation. */
public record RecordedAnswer(int status, Map<String, String> headers, String body) {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  /** A plain 200. */
  public static RecordedAnswer ok(String body) {
    return new RecordedAnswer(200, Map.of(), body);
  }

  public TaskLookup readFor(String taskId) {
    HttpFields.Mutable fields = HttpFields.build();
    headers.forEach(fields::add);
    HttpAnswer answer = new HttpAnswer(status, fields, HttpAnswer.Body.Complete.of(body));
    return new TaskResponseReader(CLOCK).read(answer, new TaskRef(taskId));
  }
}
