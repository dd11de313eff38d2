package dev.acktask.operator.alibaba.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.text.Sha256;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vendor's published vector (V1), and vectors made with its library (V2 to V7). */
final class Acs3SignatureTest {
  private static final String TASK_PATH = "/tasks/T-5faa48fb31b6b8078d000006";

  @Test
  void shouldMatchTheOfficialVectorV1() {
    Map<String, String> headers =
        new TreeMap<>(
            Map.of(
                "host", "ecs.cn-shanghai.aliyuncs.com",
                "x-acs-action", "RunInstances",
                "x-acs-version", "2014-05-26",
                "x-acs-date", "2023-10-26T10:22:32Z",
                "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
                "x-acs-content-sha256", CanonicalRequest.EMPTY_BODY_HASH));
    CanonicalRequest request =
        new CanonicalRequest(
            "POST",
            "/",
            Map.of(
                "ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
                "RegionId", "cn-shanghai"),
            headers,
            CanonicalRequest.EMPTY_BODY_HASH);

    assertEquals(
        "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259",
        Sha256.hex(request.text()));
    assertEquals(
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
            + "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;"
            + "x-acs-signature-nonce;x-acs-version,"
            + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
        Acs3Signature.authorization(request, "YourAccessKeyId", "YourAccessKeySecret"));
  }

  @Test
  void shouldMatchV2() {
    CanonicalRequest request = get(TASK_PATH, Map.of(), Map.of());

    assertEquals(
        "63109f60874e8570f5dec95a18b2f7438b6dd680b095bac76afe88e8e171a63c",
        Sha256.hex(request.text()));
    assertSignature("7857ccf2d28e75548dc962ce31428ee25f86183495348d813af714c41679b66f", request);
  }

  @Test
  void shouldMatchV3WithSecurityToken() {
    CanonicalRequest request =
        get(
            TASK_PATH,
            Map.of(),
            Map.of("x-acs-accesskey-id", "testAK", "x-acs-security-token", "testToken"));

    assertEquals(
        "ea3117fb258640840a2db5a1f87dd8e98bc1952e71aae84c7679c71dfd306e71",
        Sha256.hex(request.text()));
    assertSignature("8ca573efc7f9ca1b447b78588f6e475e7f301f3e4f16eac28fcae764ada96faa", request);
  }

  @Test
  void shouldMatchV4WithQuery() {
    CanonicalRequest request =
        get(
            "/clusters/c1/tasks",
            Map.of("page_number", "1", "page_size", "100"),
            Map.of("x-acs-action", "DescribeClusterTasks"));

    assertEquals(
        "01578d1310dccc11eaa4aba954bbc4faf90cad54c3bfe60ee4959c64a2ad8de5",
        Sha256.hex(request.text()));
    assertSignature("4e42fdd6b927d539f9e100ac8af115de13fa4544a5adf486a9b82cd5b1806a62", request);
  }

  @ParameterizedTest(name = "k = [{0}]")
  @CsvSource({
    "a b, e0731c7751c4adaef9dd264858458802f2c9be473301cd721c3750318e831e01",
    "a*b, 9404f15faaeeefe91498964333cf7b657210d4271da934b4d267d652b46a8734",
    "a+b, 988a308b0b24d069b435b8fe87d06948b36feba9bf75b39a84cdcba358285233",
    "a~b, 3d2e472b726c00a6ea610674f38311a9f121e3d2a65d522104abbc1108b47af6",
    "中, 8c32a397832999ed988f025404fb41cbbb64cd9635f2285f87098262e31999a4",
    "'', 16ce07feda2ed7280f399cb4fdaa39f8cc03a60a3e1c2b08c3e85e8b9ffb5a0b"
  })
  void shouldMatchV5AndV6WithEncodedQuery(String value, String signature) {
    assertSignature(signature, get("/x", Map.of("k", value), Map.of()));
  }

  @Test
  void shouldMatchV7WithContentType() {
    assertSignature(
        "8f2677c3eaa217b0082bc641d83e083b834b94118a4d27ebb8969828c8c2627c",
        get("/x", Map.of(), Map.of("content-type", "application/json; charset=utf-8")));
  }

  @Test
  void shouldNotSignOtherHeaders() {
    assertEquals(
        get("/x", Map.of(), Map.of()).text(),
        get("/x", Map.of(), Map.of("accept", "application/json")).text());
  }

  private static CanonicalRequest get(
      String path, Map<String, String> query, Map<String, String> extraHeaders) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", "cs.cn-hangzhou.aliyuncs.com");
    headers.put("x-acs-action", "DescribeTaskInfo");
    headers.put("x-acs-version", "2015-12-15");
    headers.put("x-acs-date", "2026-01-02T03:04:05Z");
    headers.put("x-acs-signature-nonce", "0123456789abcdef0123456789abcdef");
    headers.put("x-acs-content-sha256", CanonicalRequest.EMPTY_BODY_HASH);
    headers.putAll(extraHeaders);
    return new CanonicalRequest("GET", path, query, headers, CanonicalRequest.EMPTY_BODY_HASH);
  }

  private static void assertSignature(String signature, CanonicalRequest request) {
    assertEquals(
        "ACS3-HMAC-SHA256 Credential=testAK,SignedHeaders="
            + request.signedHeaders()
            + ",Signature="
            + signature,
        Acs3Signature.authorization(request, "testAK", "testSK"));
  }
}
