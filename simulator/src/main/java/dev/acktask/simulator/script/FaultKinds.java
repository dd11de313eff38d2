package dev.acktask.simulator.script;

import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Delivery.Ending;
import dev.acktask.simulator.response.Framing;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.yaml.YamlMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The faults that a script can name, each with its parameters. */
public final class FaultKinds {
  private static final int MOST_BYTES = Integer.MAX_VALUE;
  private static final String PAGE = "<html><body><h1>502 Bad Gateway</h1></body></html>";
  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    instead(
        "throttled",
        FaultKinds::throttled,
        "status",
        "code",
        "retryAfterMs",
        "retryAfter",
        "rateLimit");
    instead("unavailable", FaultKinds::unavailable, "status", "retryAfterMs", "retryAfter");
    instead("error", FaultKinds::error, "status", "code", "message");
    instead("gatewayError", FaultKinds::gatewayError, "status", "code", "message");
    KINDS.put(
        "notFound", new Kind(List.of(), (p, taskId) -> truth -> Response.taskNotFound(taskId)));
    instead("forbidden", FaultKinds::forbidden);
    instead("html", p -> Response.html(status(p, 502), PAGE), "status");
    instead("body", FaultKinds::body, "status", "contentType", "body");
    instead(
        "redirect",
        p -> Response.redirect(status(p, 302), p.text("location")),
        "status",
        "location");
    instead("reset", p -> Response.reset());
    instead("hang", p -> Response.hang());
    instead("endless", p -> Response.endless(bytes(p, 200_000_000)), "bytes");
    instead("gzipBomb", p -> Response.gzipBomb(bytes(p, 200_000_000)), "bytes");
    change("delay", p -> delayed(p), "by");
    change("slowHead", p -> slow(perSecond(p), 0), "bytesPerSecond");
    change("slowBody", p -> slow(0, perSecond(p)), "bytesPerSecond");
    change("cutWithReset", p -> cut(bytes(p, 100), Ending.RESET), "bytes");
    change("cutWithClose", p -> cut(bytes(p, 100), Ending.CLOSE), "bytes");
    change("cutWithHang", p -> cut(bytes(p, 100), Ending.HANG), "bytes");
    change("chunkedCut", p -> chunkedCut(bytes(p, 100)), "bytes");
    change("chunked", p -> chunked(p), "chunkBytes");
    change("wrongLength", p -> declaring(p.number("bytes", 1, 0, Long.MAX_VALUE)), "bytes");
    change("noLength", p -> truth -> truth.deliver(d -> d.withFraming(new Framing.UntilClose())));
    change("staleConnection", p -> Response::closing);
    change("interim", p -> interim(p), "status", "count");
    change("headerFlood", p -> headerFlood(p), "count", "bytes");
    change("gzip", p -> Response::gzip);
  }

  private FaultKinds() {}

  private record Kind(
      List<String> parameters, BiFunction<YamlMapping, String, UnaryOperator<Response>> effect) {}

  /** The names that {@code kind:} takes. */
  public static List<String> names() {
    return List.copyOf(KINDS.keySet());
  }

  /** What the fault at {@code node} does, after checking its keys. */
  static UnaryOperator<Response> effect(YamlMapping node, List<String> commonKeys, String taskId) {
    String name = node.text("kind");
    Kind kind = KINDS.get(name);
    if (kind == null) {
      throw node.fail("unknown kind '" + name + "'; known kinds: " + String.join(", ", names()));
    }
    List<String> keys = new ArrayList<>(commonKeys);
    keys.addAll(kind.parameters());
    return kind.effect().apply(node.knowing(keys), taskId);
  }

  /** Adds a fault that replaces the true answer. */
  private static void instead(
      String name, Function<YamlMapping, Response> response, String... parameters) {
    change(
        name,
        node -> {
          Response made = response.apply(node);
          return truth -> made;
        },
        parameters);
  }

  /** Adds a fault that changes the true answer or its delivery. */
  private static void change(
      String name, Function<YamlMapping, UnaryOperator<Response>> effect, String... parameters) {
    KINDS.put(name, new Kind(List.of(parameters), (node, taskId) -> effect.apply(node)));
  }

  private static Response throttled(YamlMapping p) {
    String code = p.text("code", "Throttling.User");
    String message = "Request was denied due to user flow control.";
    return hinted(p, Response.error(status(p, 400), code, message));
  }

  private static Response unavailable(YamlMapping p) {
    String message = "The request has failed due to a temporary failure of the server.";
    return hinted(p, Response.error(status(p, 503), "ServiceUnavailable", message));
  }

  /** Adds the retry hint headers verbatim, so that scripts can also send invalid values. */
  private static Response hinted(YamlMapping p, Response response) {
    Response hinted = response;
    Map<String, String> headers =
        Map.of(
            "retryAfterMs", "x-acs-retry-after",
            "retryAfter", "Retry-After",
            "rateLimit", "x-ratelimit-user-api");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (p.has(header.getKey())) {
        hinted = hinted.header(header.getValue(), p.text(header.getKey()));
      }
    }
    return hinted;
  }

  private static Response error(YamlMapping p) {
    return Response.error(status(p, 500), p.text("code"), p.text("message", ""));
  }

  private static Response gatewayError(YamlMapping p) {
    return Response.gatewayError(status(p, 500), p.text("code"), p.text("message", ""));
  }

  private static Response forbidden(YamlMapping p) {
    return Response.error(
        403, "StatusForbidden", "RAM policy Forbidden for action cs:DescribeTaskInfo");
  }

  private static Response body(YamlMapping p) {
    return Response.json(status(p, 200), "")
        .contentType(p.text("contentType", "application/json; charset=utf-8"))
        .body(Body.of(p.text("body", "")));
  }

  private static UnaryOperator<Response> delayed(YamlMapping p) {
    Duration by = DurationText.in(p, "by");
    return truth -> truth.delayed(by);
  }

  private static UnaryOperator<Response> slow(int head, int body) {
    return truth -> truth.slow(head, body);
  }

  private static UnaryOperator<Response> cut(long bytes, Ending ending) {
    return truth -> truth.cutAfter(bytes, ending);
  }

  private static UnaryOperator<Response> chunkedCut(long bytes) {
    return truth -> truth.chunked(4096).cutBodyAfter(bytes, Ending.CLOSE);
  }

  private static UnaryOperator<Response> chunked(YamlMapping p) {
    int chunkBytes = p.integer("chunkBytes", 1, 1, MOST_BYTES);
    return truth -> truth.chunked(chunkBytes);
  }

  private static UnaryOperator<Response> declaring(long bytes) {
    return truth -> truth.declaringLength(bytes);
  }

  private static UnaryOperator<Response> interim(YamlMapping p) {
    int status = p.integer("status", 103, 100, 199);
    int count = p.integer("count", 1000, 1, 1_000_000);
    return truth -> truth.afterInterim(status, count);
  }

  private static UnaryOperator<Response> headerFlood(YamlMapping p) {
    int count = p.integer("count", 1000, 1, 100_000);
    int bytes = p.integer("bytes", 1000, 0, 1_000_000);
    return truth -> truth.headerFlood(count, bytes);
  }

  private static int status(YamlMapping p, int otherwise) {
    return p.integer("status", otherwise, 100, 999);
  }

  private static long bytes(YamlMapping p, long otherwise) {
    return p.number("bytes", otherwise, 0, Long.MAX_VALUE / 2);
  }

  private static int perSecond(YamlMapping p) {
    return p.integer("bytesPerSecond", 1, 1, MOST_BYTES);
  }
}
