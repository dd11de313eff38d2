package dev.acktask.simulator.response;

import dev.acktask.simulator.response.Delivery.Ending;
import dev.acktask.simulator.response.Delivery.From;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One response, correct or faulty. The headers are exactly those sent, except that the delivery's
 * {@link Framing} adds {@code Content-Length} or {@code Transfer-Encoding}.
 *
 * <p>Immutable: each method returns a changed copy, and one value can answer many requests.
 */
public record Response(int status, List<Header> headers, Body body, Delivery delivery) {
  public static final String REQUEST_ID = "x-acs-request-id";
  public static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON = "application/json; charset=utf-8";

  public Response {
    headers = List.copyOf(headers);
  }

  /** A status with no headers and no body. */
  public static Response of(int status) {
    return new Response(status, List.of(), Body.EMPTY, Delivery.NORMAL);
  }

  /** A body of the API: with content type and a fresh request id. */
  public static Response json(int status, String body) {
    return cloud(status, body, RequestIds.fresh());
  }

  /** An error in the format of Container Service: {@code code}, {@code message}, … */
  public static Response error(int status, String code, String message) {
    String requestId = RequestIds.fresh();
    return cloud(status, ErrorBodies.containerService(status, code, message, requestId), requestId);
  }

  /** An error in the format of the API gateway: {@code Code}, {@code Message}, … */
  public static Response gatewayError(int status, String code, String message) {
    String requestId = RequestIds.fresh();
    String body = ErrorBodies.gateway("cs.cn-hangzhou.aliyuncs.com", code, message, requestId);
    return cloud(status, body, requestId);
  }

  /** An error of STS, in the format of the gateway. */
  public static Response stsError(int status, String code, String message) {
    String requestId = RequestIds.fresh();
    String body = ErrorBodies.gateway("sts.aliyuncs.com", code, message, requestId);
    return cloud(status, body, requestId);
  }

  /** The answer of the API for an unknown task: a 400, not a 404. */
  public static Response taskNotFound(String taskId) {
    return error(400, "400", "the task " + taskId + " not found");
  }

  /** Throttled, with the hint header in milliseconds that the vendor's tools obey. */
  public static Response throttled(Duration retryAfter) {
    return throttled(400, retryAfter);
  }

  /**
   * As {@link #throttled(Duration)}, with another status: which one the cloud sends is not known.
   */
  public static Response throttled(int status, Duration retryAfter) {
    return error(status, "Throttling.User", "Request was denied due to user flow control.")
        .header("x-acs-retry-after", String.valueOf(retryAfter.toMillis()));
  }

  /** A redirect; {@code location} is sent verbatim. */
  public static Response redirect(int status, String location) {
    return of(status).header("Location", location);
  }

  /** An HTML page, as a proxy, portal or firewall sends it instead of the API. */
  public static Response html(int status, String page) {
    return of(status).header(CONTENT_TYPE, "text/html").body(Body.of(page));
  }

  /**
   * These bytes instead of an HTTP answer, then FIN. As an outage it also answers what is no HTTP
   * request, so that a TLS client of a plain simulator can be sent an alert, or rubbish.
   */
  public static Response raw(byte[] bytes) {
    return of(0)
        .body(Body.of(bytes))
        .deliver(d -> d.withFraming(new Framing.Verbatim()).withEnding(Ending.CLOSE));
  }

  /** RST before the first byte. */
  public static Response reset() {
    return of(0).cutAfter(0, Ending.RESET);
  }

  /** Takes the request and never answers. */
  public static Response hang() {
    return of(0).cutAfter(0, Ending.HANG);
  }

  /** A chunked, well-formed JSON object of about {@code bytes}, streamed. */
  public static Response endless(long bytes) {
    return json(200, "")
        .body(new Body.Repeated("{\"padding\":\"", 'x', bytes, "\"}"))
        .chunked(64 * 1024);
  }

  /** A small compressed answer that decodes to about {@code decodedBytes}, streamed. */
  public static Response gzipBomb(long decodedBytes) {
    return endless(decodedBytes).gzip();
  }

  public Response header(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Response(status, more, body, delivery);
  }

  public Response withoutHeader(String name) {
    return new Response(
        status, headers.stream().filter(header -> !header.is(name)).toList(), body, delivery);
  }

  /** Replaces the content type; it need not match the body. */
  public Response contentType(String value) {
    return withoutHeader(CONTENT_TYPE).header(CONTENT_TYPE, value);
  }

  /** Adds {@code count} headers of {@code valueBytes} each. */
  public Response headerFlood(int count, int valueBytes) {
    List<Header> more = new ArrayList<>(headers);
    for (int i = 0; i < count; i++) {
      more.add(new Header("x-flood-" + i, "f".repeat(valueBytes)));
    }
    return new Response(status, more, body, delivery);
  }

  public Response body(Body newBody) {
    return new Response(status, headers, newBody, delivery);
  }

  /** Compresses the body and sets {@code Content-Encoding}. */
  public Response gzip() {
    return body(new Body.Gzip(body)).header("Content-Encoding", "gzip");
  }

  public Response chunked(int chunkBytes) {
    return deliver(d -> d.withFraming(new Framing.Chunked(chunkBytes)));
  }

  /** Declares a length that need not be true. */
  public Response declaringLength(long bytes) {
    return deliver(d -> d.withFraming(new Framing.DeclaredLength(bytes)));
  }

  public Response delayed(Duration delay) {
    return deliver(d -> d.withDelay(delay));
  }

  /** Paces in bytes per second; 0 means at once. */
  public Response slow(int headBytesPerSecond, int bodyBytesPerSecond) {
    return deliver(d -> d.withPace(new Delivery.Pace(headBytesPerSecond, bodyBytesPerSecond)));
  }

  /** Stops after {@code bytes} of the whole message. */
  public Response cutAfter(long bytes, Ending ending) {
    return deliver(d -> d.withCut(From.MESSAGE, bytes).withEnding(ending));
  }

  /** Stops after {@code bytes} of the body; the head arrives whole. */
  public Response cutBodyAfter(long bytes, Ending ending) {
    return deliver(d -> d.withCut(From.BODY, bytes).withEnding(ending));
  }

  /** Sends {@code count} interim answers of {@code interimStatus} first. */
  public Response afterInterim(int interimStatus, int count) {
    return deliver(d -> d.withInterim(interimStatus, count));
  }

  /** Closes the connection after the response, without a {@code Connection: close} header. */
  public Response closing() {
    return deliver(d -> d.withEnding(Ending.CLOSE));
  }

  /** Changes how this response is sent. */
  public Response deliver(UnaryOperator<Delivery> change) {
    return new Response(status, headers, body, change.apply(delivery));
  }

  private static Response cloud(int status, String body, String requestId) {
    return of(status).header(CONTENT_TYPE, JSON).header(REQUEST_ID, requestId).body(Body.of(body));
  }
}
