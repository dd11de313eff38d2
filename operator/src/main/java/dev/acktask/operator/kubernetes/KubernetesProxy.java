package dev.acktask.operator.kubernetes;

import dev.acktask.operator.network.Addresses;
import dev.acktask.operator.network.Call;
import dev.acktask.operator.network.Dialer;
import dev.acktask.operator.network.Origin;
import dev.acktask.operator.network.ProxyFailure;
import dev.acktask.operator.proxy.HttpProxy;
import dev.acktask.operator.proxy.ProxyPolicy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Applies the operator's proxy policy to the Kubernetes client. The client reads the same variables
 * itself, but with other rules for NO_PROXY, and fails silently on values that it cannot parse.
 */
public final class KubernetesProxy {
  private static final long PROBE_NANOS = 5_000_000_000L;

  private KubernetesProxy() {}

  /**
   * Lets the JDK's HTTP client send Basic credentials to a proxy before TLS with the destination,
   * which it does not do by default. Call it before the first client is built.
   */
  static void allowBasic() {
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
  }

  /** Factory of clients that follow {@code policy} and run on {@code threads}. */
  static JdkHttpClientFactory clients(ProxyPolicy policy, Executor threads) {
    return new JdkHttpClientFactory() {
      @Override
      protected void additionalConfig(HttpClient.Builder builder) {
        builder.executor(threads).proxy(policy.selector());
      }
    };
  }

  /**
   * {@code found} with the proxy of {@code policy} for its API server instead of the one that it
   * has.
   */
  static ConfigBuilder configure(Config found, ProxyPolicy policy) {
    ConfigBuilder settings =
        new ConfigBuilder(found)
            .withHttpProxy(null)
            .withHttpsProxy(null)
            .withNoProxy()
            .withProxyUsername(null)
            .withProxyPassword(null);
    policy
        .forTarget(URI.create(found.getMasterUrl()))
        .ifPresent(
            proxy -> {
              String url = new HttpProxy(proxy.host(), proxy.port(), null).toString();
              settings.withHttpProxy(url).withHttpsProxy(url);
              HttpProxy.Credentials credentials = proxy.credentials();
              if (credentials != null) {
                settings
                    .withProxyUsername(asSent(credentials.user()))
                    .withProxyPassword(asSent(credentials.password()));
              }
            });
    return settings;
  }

  /**
   * Opens a connection through the proxy to find the cause of a failure; the Kubernetes client
   * reports a refusal by the proxy only as a missing response. Sends nothing to the API server.
   *
   * @return how the proxy refuses, in one sentence; empty if there is no proxy or it does not
   *     refuse
   */
  static Optional<String> refusal(URI apiServer, ProxyPolicy policy) {
    if (policy.forTarget(apiServer).isEmpty()) {
      return Optional.empty();
    }
    Addresses addresses = host -> List.of(InetAddress.getAllByName(host));
    Call call = new Call(PROBE_NANOS);
    try {
      new Dialer(policy).dial(Origin.of(apiServer), addresses, addresses, call).close();
      return Optional.empty();
    } catch (ProxyFailure refused) {
      return Optional.of(refused.sentence());
    } catch (IOException beyondTheProxy) {
      return Optional.empty();
    }
  }

  /** The client sends one byte per character; this makes the bytes UTF-8. */
  private static String asSent(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
