package dev.acktask.operator.http;

import dev.acktask.operator.http.HttpTransport.Addresses;
import dev.acktask.operator.http.HttpTransport.TlsSockets;
import dev.acktask.operator.proxy.HttpProxy;
import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections: to the first address that answers, the one that worked last before the others,
 * and through a proxy where the policy names one.
 */
final class Dialer {
  /** Longest wait for one address. */
  private static final long MAX_CONNECT_MILLIS = 5_000;

  /**
   * Shortest wait for one address, regardless of the number of addresses and the remaining time.
   */
  private static final long MIN_CONNECT_MILLIS = 250;

  private final TlsSockets tls;
  private final ProxyPolicy proxies;

  /** Keyed by host and port of endpoints and proxies; few entries. */
  private final Map<String, InetAddress> workedLast = new ConcurrentHashMap<>();

  Dialer(TlsSockets tls, ProxyPolicy proxies) {
    this.tls = tls;
    this.proxies = proxies;
  }

  /**
   * A new connection to {@code origin}.
   *
   * @param addresses of the origin; not asked for a name that a proxy resolves
   * @param proxyAddresses of the proxy's host
   * @throws ProxyFailure when the proxy does not give one
   */
  Connection dial(Origin origin, Addresses addresses, Addresses proxyAddresses, Call call)
      throws IOException {
    Optional<HttpProxy> proxy =
        proxies.forTarget(origin.isTls() ? "https" : "http", origin.host(), origin.port());
    if (proxy.isEmpty()) {
      return speaking(connect(origin.host(), origin.port(), addresses, call), origin);
    }
    if (origin.isAddress()) {
      addresses.of(origin.host()); // checked here: there is no name for the proxy to resolve
    }
    return speaking(tunnel(proxy.get(), origin, proxyAddresses, call), origin);
  }

  private Socket connect(String host, int port, Addresses addresses, Call call) throws IOException {
    IOException failure = new ConnectException("no address");
    List<InetAddress> candidates = inOrder(host + ":" + port, addresses.of(host));
    for (int i = 0; i < candidates.size(); i++) {
      Socket raw = new Socket(Proxy.NO_PROXY);
      try {
        call.holds(raw);
        raw.setTcpNoDelay(true);
        raw.connect(
            new InetSocketAddress(candidates.get(i), port),
            connectMillis(call.leftNanos(), candidates.size() - i));
        workedLast.put(host + ":" + port, candidates.get(i));
        return raw;
      } catch (IOException unreachable) {
        raw.close();
        failure = unreachable;
      }
    }
    throw failure;
  }

  private List<InetAddress> inOrder(String place, List<InetAddress> addresses) {
    InetAddress last = workedLast.get(place);
    if (last == null || !addresses.contains(last)) {
      return addresses;
    }
    List<InetAddress> ordered = new ArrayList<>(addresses);
    ordered.remove(last);
    ordered.addFirst(last);
    return ordered;
  }

  /** An equal part of the remaining time for each remaining address. */
  static int connectMillis(long leftNanos, int addressesLeft) {
    long part = TimeUnit.NANOSECONDS.toMillis(leftNanos) / addressesLeft;
    return (int) Math.clamp(part, MIN_CONNECT_MILLIS, MAX_CONNECT_MILLIS);
  }

  private Socket tunnel(HttpProxy proxy, Origin origin, Addresses addresses, Call call)
      throws IOException {
    Socket raw;
    try {
      raw = connect(proxy.host(), proxy.port(), addresses, call);
    } catch (UnknownHostException
        | ConnectException
        | NoRouteToHostException
        | SocketTimeoutException unreachable) {
      throw because(ProxyFailure.Reason.UNREACHABLE, proxy, unreachable);
    }
    boolean isOpen = false;
    try {
      raw.getOutputStream().write(connectRequest(proxy, origin));
      Incoming incoming = new Incoming(raw.getInputStream());
      Head head = Head.read(incoming);
      if (head.status() == 407) {
        throw new ProxyFailure(ProxyFailure.Reason.UNAUTHENTICATED, proxy, 407);
      }
      if (head.status() > 299) {
        throw new ProxyFailure(ProxyFailure.Reason.REFUSED, proxy, head.status());
      }
      if (announcesBody(head.headers()) || incoming.hasMore()) {
        throw new ProtocolException("bytes before the destination was asked anything");
      }
      isOpen = true;
      return raw;
    } catch (ProtocolException | EOFException | SocketException notAProxy) {
      throw because(ProxyFailure.Reason.NOT_A_PROXY, proxy, notAProxy);
    } finally {
      if (!isOpen) {
        raw.close();
      }
    }
  }

  /**
   * RFC 9110, section 9.3.6, forbids a body behind this answer. Bytes of one that come later would
   * be read as an answer of the destination.
   */
  private static boolean announcesBody(Headers headers) {
    return !headers.all("transfer-encoding").isEmpty()
        || headers.all("content-length").stream().anyMatch(length -> !length.equals("0"));
  }

  private static ProxyFailure because(
      ProxyFailure.Reason reason, HttpProxy proxy, IOException cause) {
    ProxyFailure failure = new ProxyFailure(reason, proxy, 0);
    failure.initCause(cause);
    return failure;
  }

  private static byte[] connectRequest(HttpProxy proxy, Origin origin) {
    String target = origin.serverName(true) + ":" + origin.port();
    String credentials =
        proxy.authorization().map(value -> "proxy-authorization: " + value + "\r\n").orElse("");
    return ("CONNECT " + target + " HTTP/1.1\r\nhost: " + target + "\r\n" + credentials + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private Connection speaking(Socket raw, Origin origin) throws IOException {
    boolean isOpen = false;
    try {
      Connection connection = new Connection(raw, origin.isTls() ? encrypted(raw, origin) : raw);
      isOpen = true;
      return connection;
    } finally {
      if (!isOpen) {
        raw.close();
      }
    }
  }

  private SSLSocket encrypted(Socket raw, Origin origin) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.get().createSocket(raw, origin.serverName(false), origin.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // verifies the server's name
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
