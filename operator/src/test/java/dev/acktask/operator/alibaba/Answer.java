package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.response.TaskResponseReader;
import dev.acktask.operator.http.HttpAnswer;
import dev.acktask.operator.http.Replay;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP answer as received, and the result of the reader. */
public final class Answer {
  /** Default of the operator's limit in bytes. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  private final int status;
  private final byte[] body;
  private final Map<String, String> headers;

  private Answer(int status, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  public static Answer of(int status, String body) {
    return of(status, body.getBytes(StandardCharsets.UTF_8));
  }

  public static Answer of(int status, byte[] body) {
    return new Answer(status, body, Map.of());
  }

  public Answer header(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Answer(status, body, more);
  }

  /** The result of the reader for the sample task. */
  public TaskLookup read() {
    return readFor(SampleTask.ID);
  }

  public TaskLookup readFor(String taskId) {
    StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("content-length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    wire.writeBytes(body);
    try {
      HttpAnswer read = Replay.read(wire.toByteArray(), MAX_BYTES);
      return new TaskResponseReader(() -> Instant.EPOCH)
          .read(new HttpAnswer(status, read.headers(), read.body()), new TaskRef(taskId));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
