package dev.acktask.operator.proxy;

import static dev.acktask.operator.text.ParsedAssertions.assertInvalid;
import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.text.Parsed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of Go's httpproxy for the same variables, and the stricter ones of this operator. */
final class ProxyPolicyTest {
  private static final String PROXY = "http://proxy.example.com:3128";

  @ParameterizedTest(name = "NO_PROXY {0}, {1}:{2}: direct {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''|cs.example.com|443|false",
        "''|localhost|443|true",
        "''|LOCALHOST|443|true",
        "''|127.0.0.1|443|true",
        "''|127.8.9.10|443|true",
        "''|::1|443|true",
        "''|[::1]|443|true",
        "''|::2|443|false",
        "''|localhost.example.com|443|false",
        "''|my.localhost|443|false",
        "*|cs.example.com|443|true",
        "a.test, *|192.0.2.1|443|true",
        "example.com|example.com|443|true",
        "example.com|cs.example.com|443|true",
        "example.com|EXAMPLE.com|443|true",
        "EXAMPLE.COM|example.com|443|true",
        "example.com|notexample.com|443|false",
        "ample.com|example.com|443|false",
        "example.com|example.com.|443|true",
        "example.com.|example.com|443|true",
        ".example.com|example.com|443|false",
        ".example.com|cs.example.com|443|true",
        "*.example.com|example.com|443|false",
        "*.example.com|cs.example.com|443|true",
        "*.example.com|csexample.com|443|false",
        "svc,.cluster.local|kubernetes.default.svc|443|true",
        "  a.test  ,  example.com  |example.com|443|true",
        "a.test example.com|example.com|443|false",
        ",,example.com,|example.com|443|true",
        "example.com:443|example.com|443|true",
        "example.com:443|cs.example.com|443|true",
        "example.com:444|example.com|443|false",
        "*.example.com:443|cs.example.com|443|true",
        "*.example.com:444|cs.example.com|443|false",
        "10.1.2.3|10.1.2.3|443|true",
        "10.1.2.3|10.1.2.30|443|false",
        "10.1.2.3:443|10.1.2.3|443|true",
        "10.1.2.3:80|10.1.2.3|443|false",
        "10.0.0.0/8|10.200.0.1|443|true",
        "10.0.0.0/30|10.0.0.3|443|true",
        "10.0.0.0/30|10.0.0.4|443|false",
        "10.9.8.7/8|10.0.0.1|443|true",
        "0.0.0.0/0|192.0.2.1|443|true",
        "0.0.0.0/0|cs.example.com|443|false",
        "0.0.0.0/0|2001:db8::1|443|false",
        "10.0.0.0/33|10.0.0.1|443|false",
        "2001:db8::/32|2001:db8:1::1|443|true",
        "2001:db8::/32|[2001:db8:1::1]|443|true",
        "2001:db8::/32|2001:db9::1|443|false",
        "2001:db8::1|2001:db8::1|443|true",
        "2001:db8::1|2001:db8:0::1|443|true",
        "[2001:db8::1]|2001:db8::1|443|true",
        "[2001:db8::1]:443|2001:db8::1|443|true",
        "[2001:db8::1]:80|2001:db8::1|443|false",
        ":443|cs.example.com|443|false",
        "http://example.com|example.com|443|false",
        "1.2.3.4.5|1.2.3.4.5|443|true"
      })
  void shouldExcludeWhatGoExcludes(String noProxy, String host, int port, boolean isDirect) {
    ProxyPolicy policy = valid(Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", noProxy));

    assertEquals(isDirect, policy.forTarget("https", host, port).isEmpty());
  }

  @Test
  void shouldUseEachProxyForItsSchemeOnly() {
    // given
    ProxyPolicy policy = valid(Map.of("HTTPS_PROXY", "tls.test:1", "HTTP_PROXY", "plain.test:2"));

    // then
    assertEquals("http://tls.test:1", proxyFor(policy, "https"));
    assertEquals("http://plain.test:2", proxyFor(policy, "http"));
    assertEquals("direct", proxyFor(policy, "ftp"));
    assertEquals("direct", proxyFor(valid(Map.of("HTTP_PROXY", "plain.test:2")), "https"));
    assertEquals("direct", proxyFor(valid(Map.of("HTTPS_PROXY", "tls.test:1")), "http"));
    assertEquals("direct", proxyFor(ProxyPolicy.DIRECT, "https"));
  }

  @Test
  void shouldPreferUpperCaseAndIgnoreEmptyValues() {
    assertEquals(
        "http://upper.test:80",
        proxyFor(valid(Map.of("HTTPS_PROXY", "upper.test", "https_proxy", "lower.test")), "https"));
    assertEquals(
        "http://lower.test:80",
        proxyFor(valid(Map.of("HTTPS_PROXY", " ", "https_proxy", "lower.test")), "https"));
    ProxyPolicy policy = valid(Map.of("https_proxy", PROXY, "NO_PROXY", "", "no_proxy", "a.test"));
    assertTrue(policy.forTarget("https", "a.test", 443).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "proxy.test, http://proxy.test:80",
    "proxy.test:3128, http://proxy.test:3128",
    "http://proxy.test, http://proxy.test:80",
    "HTTP://proxy.test:3128/, http://proxy.test:3128",
    "http://[2001:db8::1]:3128, http://[2001:db8::1]:3128",
    "10.0.0.1:3128, http://10.0.0.1:3128",
    "squid, http://squid:80"
  })
  void shouldReadAddressesOfProxies(String value, String expected) {
    assertEquals(expected, proxyFor(valid(Map.of("HTTPS_PROXY", value)), "https"));
  }

  @Test
  void shouldSendCredentialsAndMaskThemAsText() {
    HttpProxy proxy =
        valid(Map.of("HTTPS_PROXY", "http://us%40er:pa+ss%3Aw%25rd@proxy.test:3128"))
            .forTarget("https", "cs.example.com", 443)
            .orElseThrow();

    assertEquals(new HttpProxy.Credentials("us@er", "pa+ss:w%rd"), proxy.credentials());
    // printf 'us@er:pa+ss:w%%rd' | base64
    assertEquals("Basic dXNAZXI6cGErc3M6dyVyZA==", proxy.authorization().orElseThrow());
    assertEquals("http://***@proxy.test:3128", proxy.toString());
    assertEquals("***", String.valueOf(proxy.credentials()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://CANARY:CANARY@proxy.test:3128",
        "socks5://proxy.test:1080",
        "http://CANARY:CANARY@proxy.test:99999",
        "http://CANARY:CANARY@proxy.test:0",
        "http://CANARY:CANARY@proxy.test:port",
        "http://CANARY:CANARY@",
        "http://",
        "http://CANARY:CAN/ARY@proxy.test/path",
        "http://CANARY:100%@proxy.test:3128",
        "http://CAN%3AARY:x@proxy.test:3128",
        "proxy test:3128",
        "host:1:2"
      })
  void shouldNameTheVariableOfABadValueButNoSecret(String value) {
    for (String variable : List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")) {
      Parsed<ProxyPolicy> parsed = ProxyPolicy.parse(Map.of(variable, value));

      List<String> problems = assertInvalid(parsed);
      assertEquals(1, problems.size());
      assertTrue(problems.getFirst().startsWith(variable + " "), problems.getFirst());
      assertFalse(problems.getFirst().contains("CANARY"), problems.getFirst());
    }
  }

  @Test
  void shouldReportEntriesThatMatchNothing() {
    ProxyPolicy policy =
        valid(Map.of("NO_PROXY", "a.test,10.0.0.0/99,:443,http://b.test,c.test d.test,a*b.test"));

    assertEquals(
        List.of("10.0.0.0/99", ":443", "http://b.test", "c.test d.test", "a*b.test"),
        policy.ignoredExceptions());
  }

  private static ProxyPolicy valid(Map<String, String> environment) {
    return assertValid(ProxyPolicy.parse(environment));
  }

  private static String proxyFor(ProxyPolicy policy, String scheme) {
    return policy
        .forTarget(scheme, "cs.example.com", 443)
        .map(HttpProxy::toString)
        .orElse("direct");
  }
}
