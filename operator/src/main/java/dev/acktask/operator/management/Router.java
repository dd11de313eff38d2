package dev.acktask.operator.management;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the handler of the path of a request. Allows GET and HEAD only. */
final class Router extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(Router.class);

  private final Map<BoundedConnector, Map<String, HttpHandler>> ports;

  Router(Map<BoundedConnector, Map<String, HttpHandler>> ports) {
    this.ports = Map.copyOf(ports);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var connection = request.getConnectionMetaData();
    if (!(connection.getConnector() instanceof BoundedConnector port)) {
      return false;
    }
    port.startResponseDeadline(connection.getConnection().getEndPoint());
    try (HandlerResponse content = content(ports.getOrDefault(port, Map.of()), request, response)) {
      send(content, request, response);
      callback.succeeded();
    } catch (IOException gone) {
      log.debug("A client of the management server has disconnected", gone);
      callback.failed(gone);
    }
    return true;
  }

  private static HandlerResponse content(
      Map<String, HttpHandler> pages, Request request, Response response) {
    String path = request.getHttpURI().getCanonicalPath();
    HttpHandler page = path == null ? null : pages.get(path);
    if (page == null) {
      return HandlerResponse.line(
          404, "There is: " + String.join(" ", pages.keySet().stream().sorted().toList()));
    }
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      return HandlerResponse.line(405, "Only GET and HEAD.");
    }
    try {
      return page.get(
          new RequestHeaders(
              header(request, HttpHeader.ACCEPT), header(request, HttpHeader.AUTHORIZATION)));
    } catch (RuntimeException unexpected) {
      log.atError()
          .setCause(unexpected)
          .addKeyValue("path", path)
          .log("A page could not be rendered");
      return HandlerResponse.line(
          500, "The page could not be rendered; see the log of the operator.");
    }
  }

  private static void send(HandlerResponse content, Request request, Response response)
      throws IOException {
    boolean zipped =
        content.zipped() && header(request, HttpHeader.ACCEPT_ENCODING).contains("gzip");
    response.setStatus(content.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, content.type());
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_LENGTH, zipped ? content.bytes().length : content.length());
    if (content.status() == 401) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    }
    if (zipped) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    if (zipped || !content.zipped()) {
      Content.Sink.write(response, true, ByteBuffer.wrap(content.bytes()));
      return;
    }
    try (InputStream plain = content.plain();
        OutputStream out = Content.Sink.asOutputStream(response)) {
      plain.transferTo(out);
    }
  }

  private static String header(Request request, HttpHeader name) {
    String value = request.getHeaders().get(name);
    return value == null ? "" : value;
  }
}
