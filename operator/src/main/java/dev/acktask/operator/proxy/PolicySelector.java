package dev.acktask.operator.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/** The policy for the JDK's HTTP client; a proxy's name is resolved for each connection. */
final class PolicySelector extends ProxySelector {
  private final ProxyPolicy policy;

  PolicySelector(ProxyPolicy policy) {
    this.policy = policy;
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(
        policy
            .forTarget(uri)
            .map(
                found ->
                    new Proxy(
                        Proxy.Type.HTTP,
                        InetSocketAddress.createUnresolved(found.host(), found.port())))
            .orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The failed call reports it.
  }
}
