package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Flow.Subscription;

/** An HTTP answer as it comes from the wire, and what the reader makes of it. */
public final class Answer {
  /** What the operator reads at most unless it is told otherwise. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final int PACKET = 16 * 1024;

  private final int status;
  private final byte[] body;
  private final Map<String, List<String>> headers;

  private Answer(int status, byte[] body, Map<String, List<String>> headers) {
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
    Map<String, List<String>> more = new TreeMap<>(headers);
    more.put(name, List.of(value));
    return new Answer(status, body, more);
  }

  /** What the reader says when this comes for the sample task. */
  public TaskLookup read() {
    return readFor(SampleTask.ID);
  }

  public TaskLookup readFor(String taskId) {
    HttpHeaders sent = HttpHeaders.of(headers, (name, value) -> true);
    BodySubscriber<HttpAnswer.Body> subscriber =
        CappedBody.handler(MAX_BYTES).apply(new Head(status, sent));
    deliver(subscriber);
    HttpAnswer answer =
        new HttpAnswer(status, sent, subscriber.getBody().toCompletableFuture().join());
    return new AnswerReader(() -> Instant.EPOCH).read(answer, new TaskRef(taskId));
  }

  private void deliver(BodySubscriber<HttpAnswer.Body> subscriber) {
    boolean[] isCancelled = new boolean[1];
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {
            isCancelled[0] = true;
          }
        });
    for (int from = 0; from < body.length && !isCancelled[0]; from += PACKET) {
      int length = Math.min(PACKET, body.length - from);
      subscriber.onNext(List.of(ByteBuffer.wrap(body, from, length)));
    }
    if (!isCancelled[0]) {
      subscriber.onComplete();
    }
  }

  private record Head(int statusCode, HttpHeaders headers) implements ResponseInfo {
    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }
}
