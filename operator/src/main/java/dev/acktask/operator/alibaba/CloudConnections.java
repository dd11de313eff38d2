package dev.acktask.operator.alibaba;

import dev.acktask.operator.network.Addresses;
import dev.acktask.operator.network.Call;
import dev.acktask.operator.network.Dialer;
import dev.acktask.operator.network.Origin;
import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.Promise;

/**
 * Connections to the cloud: idle ones, and new ones of Jetty's HTTP client.
 *
 * <p>The client neither resolves names nor connects: {@link Dialer} checks addresses and gives each
 * its part of the call.
 */
final class CloudConnections implements AutoCloseable {
  /** As many as calls may be under way by default. */
  private static final int MAX_IDLE = 64;

  private final HttpClient client = JettyClient.start();
  private final Supplier<SSLContext> tls;
  private final Dialer dialer;
  private final IdleConnections<CloudConnection> idle;

  /**
   * Opens no connection.
   *
   * @param tls called for each TLS connection, on the thread of the caller
   * @param clock decides how long a connection has been quiet
   */
  CloudConnections(Supplier<SSLContext> tls, ProxyPolicy proxies, QuietClock clock) {
    this.tls = tls;
    this.dialer = new Dialer(proxies);
    this.idle = new IdleConnections<>(MAX_IDLE, clock);
  }

  /** An idle connection that is reserved for one request. */
  Optional<CloudConnection> takeIdle(Origin origin) {
    return idle.take(origin);
  }

  /**
   * A new connection that is reserved for one request. TLS begins with the request.
   *
   * @throws NothingCame when the server closed it at once, or spoke first
   */
  CloudConnection open(Origin origin, Addresses addresses, Addresses proxyAddresses, Call call)
      throws IOException {
    SSLEngine engine = origin.isTls() ? engine(origin) : null;
    SocketChannel channel = dialer.dial(origin, addresses, proxyAddresses, call);
    CompletableFuture<Connection> opened = new CompletableFuture<>();
    Promise<Connection> onOpen = Promise.from(opened::complete, opened::completeExceptionally);
    HttpDestination destination = destination(origin);
    ClientConnectionFactory plain =
        (endPoint, context) -> new CloudConnection(channel, endPoint, destination, onOpen);
    Map<String, Object> context = new ConcurrentHashMap<>();
    context.put(Transport.CONTEXT_KEY, Transport.TCP_IP);
    context.put(Destination.CONTEXT_KEY, destination);
    context.put(
        ClientConnectionFactory.CONTEXT_KEY, engine == null ? plain : encrypted(plain, engine));
    context.put(
        ClientConnector.CONNECTION_PROMISE_CONTEXT_KEY,
        Promise.from(connection -> {}, opened::completeExceptionally));
    client.getClientConnector().accept(channel, context);
    boolean isReserved = false;
    try {
      CloudConnection connection = (CloudConnection) CloudExchange.await(opened, call);
      isReserved = connection.reserve();
      if (!isReserved) {
        throw new NothingCame(new IOException("closed before the request"));
      }
      return connection;
    } finally {
      if (!isReserved) {
        channel.close();
      }
    }
  }

  private HttpDestination destination(Origin origin) {
    return (HttpDestination)
        client.resolveDestination(
            new org.eclipse.jetty.client.Origin(
                origin.isTls() ? "https" : "http", origin.serverName(true), origin.port()));
  }

  private SSLEngine engine(Origin origin) {
    SSLEngine engine = tls.get().createSSLEngine(origin.serverName(false), origin.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // verifies the server's name
    engine.setSSLParameters(parameters);
    return engine;
  }

  private ClientConnectionFactory encrypted(ClientConnectionFactory plain, SSLEngine engine) {
    return (endPoint, context) -> {
      TlsConnection connection =
          new TlsConnection(client.getByteBufferPool(), client.getExecutor(), endPoint, engine);
      EndPoint decrypted = connection.getSslEndPoint();
      decrypted.setConnection(plain.newConnection(decrypted, context));
      return connection;
    };
  }

  /** Jetty's form of {@code request}, with exactly its headers. */
  Request prepare(HttpRequest request) {
    Origin origin = request.origin();
    Request prepared =
        client
            .newRequest(
                URI.create(
                    (origin.isTls() ? "https://" : "http://")
                        + origin.authority()
                        + request.target()))
            .headers(headers -> headers.put(HttpHeader.HOST, origin.authority()));
    request.headers().forEach((name, value) -> prepared.headers(all -> all.put(name, value)));
    return request.form().isEmpty()
        ? prepared
        : prepared
            .method(HttpMethod.POST)
            .body(new BytesRequestContent(HttpRequest.FORM_TYPE, request.body()));
  }

  /** Keeps a connection for the next request. */
  void keep(Origin origin, CloudConnection connection) {
    idle.put(origin, connection);
  }

  /** Closes the idle connections: they may be as dead as the one that failed. */
  void closeIdle() {
    idle.closeAll();
  }

  @Override
  public void close() {
    idle.closeAll();
    try {
      client.stop();
    } catch (Exception unexpected) { // as it is declared
      throw new IllegalStateException("The HTTP client does not stop", unexpected);
    }
  }
}
