package dev.acktask.operator.proxy;

import dev.acktask.operator.text.Parsed;
import java.net.ProxySelector;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxy settings {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, interpreted like
 * Go's {@code golang.org/x/net/http/httpproxy}, because most programs of a cluster are written in
 * Go: the upper-case name goes before the lower-case one, {@code HTTP_PROXY} is not used for https,
 * and nothing on this machine is reached through a proxy.
 *
 * <p>Stricter than Go in one point: an unusable proxy is a problem, never "no proxy".
 */
public final class ProxyPolicy {
  /** No proxy for any destination. */
  public static final ProxyPolicy DIRECT = new ProxyPolicy(null, null, NoProxyRules.parse(""));

  private final @Nullable HttpProxy forHttps;
  private final @Nullable HttpProxy forHttp;
  private final NoProxyRules exceptions;

  private ProxyPolicy(
      @Nullable HttpProxy forHttps, @Nullable HttpProxy forHttp, NoProxyRules exceptions) {
    this.forHttps = forHttps;
    this.forHttp = forHttp;
    this.exceptions = exceptions;
  }

  /** Reads the policy from {@code environment}, reporting all problems at once. */
  public static Parsed<ProxyPolicy> parse(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    HttpProxy forHttps = proxy(environment, "HTTPS_PROXY", "https_proxy", problems);
    HttpProxy forHttp = proxy(environment, "HTTP_PROXY", "http_proxy", problems);
    String exceptions = value(environment, firstSet(environment, "NO_PROXY", "no_proxy"));
    return problems.isEmpty()
        ? new Parsed.Valid<>(new ProxyPolicy(forHttps, forHttp, NoProxyRules.parse(exceptions)))
        : new Parsed.Invalid<>(problems);
  }

  /** The policy of {@code environment}; {@link #DIRECT} where it is invalid. */
  public static ProxyPolicy orDirect(Map<String, String> environment) {
    ProxyPolicy policy = parse(environment).orReport(problem -> {});
    return policy == null ? DIRECT : policy;
  }

  /** The proxy for {@code url}; empty for a direct connection. */
  public Optional<HttpProxy> forTarget(URI url) {
    if (url.getScheme() == null || url.getHost() == null) {
      return Optional.empty();
    }
    int usual = url.getScheme().equalsIgnoreCase("http") ? 80 : 443;
    return forTarget(url.getScheme(), url.getHost(), url.getPort() < 0 ? usual : url.getPort());
  }

  private static @Nullable HttpProxy proxy(
      Map<String, String> environment, String upper, String lower, List<String> problems) {
    String variable = firstSet(environment, upper, lower);
    String url = value(environment, variable);
    try {
      return url.isEmpty() ? null : HttpProxy.parse(url);
    } catch (IllegalArgumentException unusable) {
      problems.add(variable + " " + unusable.getMessage());
      return null;
    }
  }

  private static String firstSet(Map<String, String> environment, String upper, String lower) {
    return value(environment, upper).isEmpty() ? lower : upper;
  }

  private static String value(Map<String, String> environment, String variable) {
    return environment.getOrDefault(variable, "").strip();
  }

  /**
   * The proxy that connections to a destination go through; empty for a direct connection.
   *
   * @param scheme {@code http} or {@code https}, in any case; empty for any other
   * @param host name or IP address, with or without brackets and trailing dot; never resolved
   */
  public Optional<HttpProxy> forTarget(String scheme, String host, int port) {
    HttpProxy proxy =
        scheme.equalsIgnoreCase("https")
            ? forHttps
            : scheme.equalsIgnoreCase("http") ? forHttp : null;
    return proxy == null || exceptions.cover(host, port) ? Optional.empty() : Optional.of(proxy);
  }

  /** This policy as a selector for the JDK's HTTP client, without credentials. */
  public ProxySelector selector() {
    return new PolicySelector(this);
  }

  /** False when every destination is reached directly. */
  public boolean hasProxy() {
    return forHttps != null || forHttp != null;
  }

  /** Entries of {@code NO_PROXY} that cover nothing because they are malformed. */
  public List<String> ignoredExceptions() {
    return exceptions.ignored();
  }
}
