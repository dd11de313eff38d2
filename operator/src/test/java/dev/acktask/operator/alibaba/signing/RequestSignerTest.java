package dev.acktask.operator.alibaba.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.aliyun.openapiutil.Client;
import com.aliyun.tea.TeaRequest;
import dev.acktask.operator.alibaba.AddressPolicy;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.HttpRequest;
import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.alibaba.credentials.CredentialLookup;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.RegionId;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests for lists, with the signature of the vendor's library. */
final class RequestSignerTest {
  private static final String HOST = "cs.cn-hangzhou.aliyuncs.com";
  private static final RegionId REGION = new RegionId("cn-hangzhou");

  private final Credential key =
      assertInstanceOf(CredentialLookup.Ready.class, Credential.parse("testAK", "testSK", null))
          .credential();
  private final RequestSigner signer =
      new RequestSigner(
          new Endpoint(URI.create("https://" + HOST), AddressPolicy.PUBLIC),
          () -> Instant.parse("2026-01-02T03:04:05Z"),
          () -> "0123456789abcdef0123456789abcdef");

  @Test
  void shouldSignAPageLikeVectorV4() {
    HttpRequest request = signer.clusterTasks("c1", PageRequest.FIRST, key);

    assertEquals("/clusters/c1/tasks?page_number=1&page_size=100", request.target());
    assertEquals(
        "ACS3-HMAC-SHA256 Credential=testAK,SignedHeaders=host;x-acs-action;"
            + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
            + "Signature=4e42fdd6b927d539f9e100ac8af115de13fa4544a5adf486a9b82cd5b1806a62",
        request.headers().get("authorization"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "a+b/c==", "a b", "a%2Fb&x=y", "~!*'()", "中😀"})
  void shouldSignATokenLikeTheVendorsLibrary(String token) throws Exception {
    assertIsSigned(signer.clusterTasks("c1", new PageRequest(2, token), key));
  }

  @Test
  void shouldSendThePageSizeOfTokensWithAToken() {
    assertEquals(
        "/clusters/c1/tasks?max_results=100&next_token=a%2B%2F%3D&page_number=2&page_size=100",
        signer.clusterTasks("c1", new PageRequest(2, "a+/="), key).target());
  }

  @Test
  void shouldSignThePagesOfClusters() throws Exception {
    HttpRequest request = signer.clusters(REGION, new PageRequest(2, null), key);

    assertEquals(
        "/api/v1/clusters?page_number=2&page_size=100&region_id=cn-hangzhou", request.target());
    assertEquals("DescribeClustersV1", request.headers().get("x-acs-action"));
    assertIsSigned(request);
  }

  @Test
  void shouldSignTheListOfPlans() throws Exception {
    HttpRequest request = signer.operationPlans(REGION, key);

    assertEquals("/regions/cn-hangzhou/operation/plans", request.target());
    assertEquals("ListOperationPlansForRegion", request.headers().get("x-acs-action"));
    assertEquals("2015-12-15", request.headers().get("x-acs-version"));
    assertIsSigned(request);
  }

  /** Signs the target as it is sent, after decoding as a server does. */
  private static void assertIsSigned(HttpRequest request) throws Exception {
    String[] target = request.target().split("\\?", 2);
    TeaRequest theirs = new TeaRequest();
    theirs.method = "GET";
    theirs.pathname = target[0];
    theirs.query = target.length == 1 ? Map.of() : decoded(target[1]);
    theirs.headers = new HashMap<>(request.headers());
    theirs.headers.put("host", HOST);
    String expected =
        Client.getAuthorization(
            theirs, "ACS3-HMAC-SHA256", CanonicalRequest.EMPTY_BODY_HASH, "testAK", "testSK");

    assertEquals(expected, request.headers().get("authorization"));
  }

  private static Map<String, String> decoded(String query) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] sides = pair.split("=", -1);
      pairs.put(decode(sides[0]), decode(sides[1]));
    }
    return pairs;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
