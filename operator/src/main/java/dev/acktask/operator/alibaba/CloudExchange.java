package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.HttpAnswer.Body;
import dev.acktask.operator.network.Call;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * One request on a reserved connection, and its answer. The thread of the caller reads the body, so
 * that waiting for memory stops the reading.
 */
final class CloudExchange {
  private final CloudConnection connection;
  private final Call call;
  private final CompletableFuture<Head> head = new CompletableFuture<>();
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();

  /** Jetty's response can change later: it is copied. */
  private record Head(int status, HttpFields headers, Content.Source content) {}

  CloudExchange(CloudConnection connection, Call call) {
    this.connection = connection;
    this.call = call;
  }

  /**
   * Sends {@code request} and waits for the complete answer. One that is encoded or too large is
   * not read to its end; its connection is closed.
   *
   * @param memory of the body, until the caller closes it
   * @throws InterruptedIOException when the time is over
   */
  HttpAnswer perform(Request request, int maxBodyBytes, BodyBudget.Share memory)
      throws IOException {
    connection.send(
        request
            .idleTimeout(0, TimeUnit.MILLISECONDS) // the call has a deadline instead
            .onResponseContentSource(
                (response, content) ->
                    head.complete(
                        new Head(
                            response.getStatus(),
                            HttpFields.build(response.getHeaders()).asImmutable(),
                            content))),
        this::ended);
    Head received = await(head, call);
    return new HttpAnswer(
        received.status, received.headers, body(received, maxBodyBytes, new ReceivedBody(memory)));
  }

  private void ended(Result result) {
    if (result.isFailed()) {
      head.completeExceptionally(result.getFailure());
      end.completeExceptionally(result.getFailure());
    } else {
      end.complete(true);
    }
  }

  private Body body(Head received, int maxBytes, ReceivedBody body) throws IOException {
    if (isEncoded(received.headers)) {
      connection.close();
      return new Body.Encoded();
    }
    if (received.headers.getLongField(HttpHeader.CONTENT_LENGTH) > maxBytes
        || !readAll(received.content, maxBytes, body)) {
      connection.close();
      return new Body.TooLarge();
    }
    await(end, call);
    return body.complete();
  }

  /** True for every coding but {@code identity}, also for one without a name. */
  static boolean isEncoded(HttpFields headers) {
    return headers.stream()
        .filter(field -> field.getHeader() == HttpHeader.CONTENT_ENCODING)
        .anyMatch(field -> !"identity".equalsIgnoreCase(field.getValue()));
  }

  /** False when there is more than {@code maxBytes}. */
  private boolean readAll(Content.Source content, int maxBytes, ReceivedBody body)
      throws IOException {
    while (true) {
      Content.Chunk chunk = content.read();
      if (chunk == null) {
        awaitMore(content);
        continue;
      }
      if (Content.Chunk.isFailure(chunk)) {
        throw asIoException(chunk.getFailure());
      }
      try {
        if (chunk.remaining() > maxBytes - body.size()) {
          return false;
        }
        body.write(chunk.getByteBuffer());
      } finally {
        chunk.release();
      }
      if (chunk.isLast()) {
        return true;
      }
    }
  }

  private void awaitMore(Content.Source content) throws IOException {
    CompletableFuture<Boolean> more = new CompletableFuture<>();
    content.demand(
        Invocable.from(Invocable.InvocationType.NON_BLOCKING, () -> more.complete(true)));
    await(more, call);
  }

  /**
   * The value of {@code result}, which {@link Call#giveUp} fails by closing the connection.
   *
   * @throws InterruptedIOException when the time is over
   */
  static <T> T await(Future<T> result, Call call) throws IOException {
    try {
      return result.get(call.leftNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new InterruptedIOException("the time is over");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw asIoException(cause == null ? failed : cause);
    }
  }

  private static IOException asIoException(Throwable failure) {
    return failure instanceof IOException expected ? expected : new IOException(failure);
  }
}
