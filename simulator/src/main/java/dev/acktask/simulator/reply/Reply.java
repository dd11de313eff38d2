package dev.acktask.simulator.reply;

import dev.acktask.simulator.reply.Delivery.Ending;
import dev.acktask.simulator.reply.Delivery.From;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One answer, honest or not. The headers are exactly those sent, except that the delivery's {@link
 * Framing} adds {@code Content-Length} or {@code Transfer-Encoding}.
 *
 * <p>Immutable: each method returns a changed copy, and one value can answer many requests.
 */
public record Reply(int status, List<Header> headers, Body body, Delivery delivery) {
  public static final String REQUEST_ID = "x-acs-request-id";
  public static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON = "application/json; charset=utf-8";

  public Reply {
    headers = List.copyOf(headers);
  }

  /** A status with no headers and no body. */
  public static Reply of(int status) {
    return new Reply(status, List.of(), Body.EMPTY, Delivery.NORMAL);
  }

  /** A body of the API: with content type and a fresh request id. */
  public static Reply json(int status, String body) {
    return cloud(status, body, RequestIds.fresh());
  }

  /** An error as Container Service itself words it: {@code code}, {@code message}, … */
  public static Reply error(int status, String code, String message) {
    String requestId = RequestIds.fresh();
    return cloud(status, ErrorBodies.containerService(status, code, message, requestId), requestId);
  }

  /** An error as the gateway before it words it: {@code Code}, {@code Message}, … */
  public static Reply gatewayError(int status, String code, String message) {
    String requestId = RequestIds.fresh();
    return cloud(status, ErrorBodies.gateway(code, message, requestId), requestId);
  }

  /** The API's own answer for a task it does not know: a 400, not a 404. */
  public static Reply taskNotFound(String taskId) {
    return error(400, "400", "the task " + taskId + " not found");
  }

  /** Throttled, with the hint header in milliseconds that the vendor's tools obey. */
  public static Reply throttled(Duration retryAfter) {
    return error(400, "Throttling.User", "Request was denied due to user flow control.")
        .header("x-acs-retry-after", String.valueOf(retryAfter.toMillis()));
  }

  /** A redirect; {@code location} is sent verbatim. */
  public static Reply redirect(int status, String location) {
    return of(status).header("Location", location);
  }

  /** A page from something that is not the API: a proxy, a portal, a firewall. */
  public static Reply html(int status, String page) {
    return of(status).header(CONTENT_TYPE, "text/html").body(Body.of(page));
  }

  /**
   * These bytes instead of an HTTP answer, then FIN. As an outage it also answers what is no HTTP
   * request, so that a TLS client of a plain simulator can be sent an alert, or rubbish.
   */
  public static Reply raw(byte[] bytes) {
    return of(0)
        .body(Body.of(bytes))
        .deliver(d -> d.withFraming(new Framing.Verbatim()).withEnding(Ending.CLOSE));
  }

  /** RST before the first byte. */
  public static Reply reset() {
    return of(0).cutAfter(0, Ending.RESET);
  }

  /** Takes the request and never answers. */
  public static Reply hang() {
    return of(0).cutAfter(0, Ending.HANG);
  }

  /** A chunked, well-formed JSON object of about {@code bytes}, streamed. */
  public static Reply endless(long bytes) {
    return json(200, "")
        .body(new Body.Repeated("{\"padding\":\"", 'x', bytes, "\"}"))
        .chunked(64 * 1024);
  }

  /** A small compressed answer that decodes to about {@code decodedBytes}, streamed. */
  public static Reply gzipBomb(long decodedBytes) {
    return endless(decodedBytes).gzip();
  }

  public Reply header(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Reply(status, more, body, delivery);
  }

  public Reply withoutHeader(String name) {
    return new Reply(
        status, headers.stream().filter(header -> !header.is(name)).toList(), body, delivery);
  }

  /** Replaces the content type, for bodies that lie about themselves. */
  public Reply contentType(String value) {
    return withoutHeader(CONTENT_TYPE).header(CONTENT_TYPE, value);
  }

  /** Adds {@code count} headers of {@code valueBytes} each. */
  public Reply headerFlood(int count, int valueBytes) {
    List<Header> more = new ArrayList<>(headers);
    for (int i = 0; i < count; i++) {
      more.add(new Header("x-flood-" + i, "f".repeat(valueBytes)));
    }
    return new Reply(status, more, body, delivery);
  }

  public Reply body(Body newBody) {
    return new Reply(status, headers, newBody, delivery);
  }

  /** Compresses the body and says so. */
  public Reply gzip() {
    return body(new Body.Gzip(body)).header("Content-Encoding", "gzip");
  }

  public Reply chunked(int chunkBytes) {
    return deliver(d -> d.withFraming(new Framing.Chunked(chunkBytes)));
  }

  /** Declares a length that need not be true. */
  public Reply declaringLength(long bytes) {
    return deliver(d -> d.withFraming(new Framing.DeclaredLength(bytes)));
  }

  public Reply delayed(Duration delay) {
    return deliver(d -> d.withDelay(delay));
  }

  /** Paces in bytes per second; 0 means at once. */
  public Reply slow(int headBytesPerSecond, int bodyBytesPerSecond) {
    return deliver(d -> d.withPace(headBytesPerSecond, bodyBytesPerSecond));
  }

  /** Stops after {@code bytes} of the whole message. */
  public Reply cutAfter(long bytes, Ending ending) {
    return deliver(d -> d.withCut(From.MESSAGE, bytes).withEnding(ending));
  }

  /** Stops after {@code bytes} of the body; the head arrives whole. */
  public Reply cutBodyAfter(long bytes, Ending ending) {
    return deliver(d -> d.withCut(From.BODY, bytes).withEnding(ending));
  }

  /** Sends {@code count} interim answers of {@code interimStatus} first. */
  public Reply afterInterim(int interimStatus, int count) {
    return deliver(d -> d.withInterim(interimStatus, count));
  }

  /** Answers, then closes the connection without having said so. */
  public Reply closing() {
    return deliver(d -> d.withEnding(Ending.CLOSE));
  }

  /** Changes how this reply gets onto the wire. */
  public Reply deliver(UnaryOperator<Delivery> change) {
    return new Reply(status, headers, body, change.apply(delivery));
  }

  private static Reply cloud(int status, String body, String requestId) {
    return of(status).header(CONTENT_TYPE, JSON).header(REQUEST_ID, requestId).body(Body.of(body));
  }
}
