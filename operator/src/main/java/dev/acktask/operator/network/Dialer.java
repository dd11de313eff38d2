package dev.acktask.operator.network;

import dev.acktask.operator.proxy.HttpProxy;
import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections: to the first address that answers, the one that worked last before the others,
 * and through a proxy where the policy names one. HTTP client libraries have one timeout for all
 * addresses; here each address gets its part of the call, so a dead one does not cost the call.
 */
public final class Dialer {
  /** Longest wait for one address. */
  private static final long MAX_CONNECT_MILLIS = 5_000;

  /**
   * Shortest wait for one address, regardless of the number of addresses and the remaining time.
   */
  private static final long MIN_CONNECT_MILLIS = 250;

  private final ProxyPolicy proxies;

  /** Keyed by host and port of endpoints and proxies; few entries. */
  private final Map<String, InetAddress> workedLast = new ConcurrentHashMap<>();

  public Dialer(ProxyPolicy proxies) {
    this.proxies = proxies;
  }

  /**
   * A new connection to {@code origin}, in blocking mode, before TLS. Waits on the thread of the
   * caller, which should be virtual.
   *
   * @param addresses of the origin; not asked for a name that a proxy resolves
   * @param proxyAddresses of the proxy's host
   * @throws ProxyFailure when the proxy does not give one
   */
  public SocketChannel dial(Origin origin, Addresses addresses, Addresses proxyAddresses, Call call)
      throws IOException {
    Optional<HttpProxy> proxy =
        proxies.forTarget(origin.isTls() ? "https" : "http", origin.host(), origin.port());
    if (proxy.isEmpty()) {
      return connect(origin.host(), origin.port(), addresses, call);
    }
    if (origin.isAddress()) {
      addresses.of(origin.host()); // checked here: there is no name for the proxy to resolve
    }
    SocketChannel channel = connect(proxy.get(), proxyAddresses, call);
    boolean isOpen = false;
    try {
      new ProxyTunnel(proxy.get(), origin).open(channel, call);
      isOpen = true;
      return channel;
    } finally {
      if (!isOpen) {
        channel.close();
      }
    }
  }

  private SocketChannel connect(HttpProxy proxy, Addresses addresses, Call call)
      throws IOException {
    try {
      return connect(proxy.host(), proxy.port(), addresses, call);
    } catch (UnknownHostException
        | ConnectException
        | NoRouteToHostException
        | SocketTimeoutException unreachable) {
      throw ProxyFailure.because(ProxyFailure.Reason.UNREACHABLE, proxy, unreachable);
    }
  }

  private SocketChannel connect(String host, int port, Addresses addresses, Call call)
      throws IOException {
    IOException failure = new ConnectException("no address");
    List<InetAddress> candidates = inOrder(host + ":" + port, addresses.of(host));
    for (int i = 0; i < candidates.size(); i++) {
      SocketChannel channel = SocketChannel.open();
      try {
        call.holds(channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel
            .socket()
            .connect(
                new InetSocketAddress(candidates.get(i), port),
                connectMillis(call.leftNanos(), candidates.size() - i));
        workedLast.put(host + ":" + port, candidates.get(i));
        return channel;
      } catch (IOException unreachable) {
        channel.close();
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
}
