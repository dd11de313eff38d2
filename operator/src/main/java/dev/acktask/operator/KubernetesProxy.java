package dev.acktask.operator;

import dev.acktask.operator.http.Get;
import dev.acktask.operator.http.HttpTransport;
import dev.acktask.operator.http.Origin;
import dev.acktask.operator.http.ProxyFailure;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSocketFactory;

/**
 * Gives the Kubernetes client the operator's proxy policy. The client reads the same variables by
 * itself, but with other rules for NO_PROXY, and fails without a word on what it cannot parse.
 */
final class KubernetesProxy {
  private static final int PROBE_BYTES = 64 * 1024;
  private static final long PROBE_NANOS = 5_000_000_000L;

  private KubernetesProxy() {}

  /**
   * Lets the JDK's HTTP client send Basic credentials to a proxy before TLS with the destination,
   * which it does not do by default; to be called before the first client is made.
   */
  static void allowBasic() {
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
  }

  /** Makes clients that follow {@code policy} and run on {@code threads}. */
  static JdkHttpClientFactory clients(ProxyPolicy policy, Executor threads) {
    return new JdkHttpClientFactory() {
      @Override
      protected void additionalConfig(HttpClient.Builder builder) {
        builder.executor(threads).proxy(policy.selector());
      }
    };
  }

  /** {@code found} with the proxy of its API server, and nothing that it has read by itself. */
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
   * Asks the proxy before {@code apiServer} for a connection, to find out why a client got none: it
   * says of a proxy's refusal only that there is no answer. Sends no credentials to the API server.
   *
   * @return what the proxy does instead, in a sentence; empty where there is no proxy, or it gives
   *     the connection
   */
  static Optional<String> refusal(URI apiServer, ProxyPolicy policy) {
    if (policy.forTarget(apiServer).isEmpty()) {
      return Optional.empty();
    }
    HttpTransport.TlsSockets tls = () -> (SSLSocketFactory) SSLSocketFactory.getDefault();
    HttpTransport.Addresses addresses = host -> List.of(InetAddress.getAllByName(host));
    try (HttpTransport probe = new HttpTransport(tls, policy, PROBE_BYTES)) {
      Get get = new Get(Origin.of(apiServer), "/version", Map.of());
      return probe.send(get, addresses, addresses, PROBE_NANOS, answer -> Optional.empty());
    } catch (ProxyFailure refused) {
      return Optional.of(refused.sentence());
    } catch (IOException beyondTheProxy) {
      return Optional.empty();
    }
  }

  /** The client sends one byte for each of these characters, and UTF-8 is wanted. */
  private static String asSent(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
