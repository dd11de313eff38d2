package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.response.ListFormat;
import dev.acktask.operator.alibaba.response.ListResponseReader;
import dev.acktask.operator.alibaba.response.TaskResponseReader;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;

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
    return new TaskResponseReader(() -> Instant.EPOCH).read(http(MAX_BYTES), new TaskRef(taskId));
  }

  /** The result of the reader of lists. */
  public <T> Listing<T> readAs(ListFormat<T> format) {
    return new ListResponseReader(() -> Instant.EPOCH)
        .read(http(AlibabaListClient.MAX_BODY_BYTES), format);
  }

  private HttpAnswer http(int maxBytes) {
    HttpFields.Mutable fields = HttpFields.build();
    headers.forEach(fields::add);
    try {
      return new HttpAnswer(status, fields, received(fields, maxBytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the transport delivers it. */
  private HttpAnswer.Body received(HttpFields fields, int maxBytes) throws IOException {
    if (CloudExchange.isEncoded(fields)) {
      return new HttpAnswer.Body.Encoded();
    }
    if (body.length > maxBytes) {
      return new HttpAnswer.Body.TooLarge();
    }
    BodyBudget ample = new BodyBudget(Integer.MAX_VALUE);
    try (BodyBudget.Share share = ample.share(Long.MAX_VALUE)) {
      ReceivedBody received = new ReceivedBody(share);
      received.write(ByteBuffer.wrap(body));
      return received.complete();
    }
  }
}
