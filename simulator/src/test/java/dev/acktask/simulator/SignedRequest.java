package dev.acktask.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs by the vendor's description, independently of the code that verifies. */
final class SignedRequest {
  private static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final Map<String, String> headers = new TreeMap<>();
  private final String path;
  private final String query;

  private SignedRequest(String path, String query, String action) {
    this.path = path;
    this.query = query;
    headers.put("host", "localhost");
    headers.put("x-acs-action", action);
    headers.put("x-acs-version", "2015-12-15");
    headers.put("x-acs-content-sha256", EMPTY_SHA256);
    headers.put("x-acs-signature-nonce", UUID.randomUUID().toString());
    date(Instant.now());
  }

  static SignedRequest describe(String taskId) {
    return new SignedRequest("/tasks/" + taskId, "", "DescribeTaskInfo");
  }

  static SignedRequest list(String clusterId, String query) {
    return new SignedRequest("/clusters/" + clusterId + "/tasks", query, "DescribeClusterTasks");
  }

  static SignedRequest clusters(String query) {
    return new SignedRequest("/api/v1/clusters", query, "DescribeClustersV1");
  }

  static SignedRequest clustersOf(String region) {
    return new SignedRequest("/regions/" + region + "/clusters", "", "DescribeClustersForRegion");
  }

  SignedRequest host(String host) {
    headers.put("host", host);
    return this;
  }

  SignedRequest date(Instant date) {
    headers.put("x-acs-date", date.truncatedTo(ChronoUnit.SECONDS).toString());
    return this;
  }

  SignedRequest token(String keyId, String token) {
    headers.put("x-acs-accesskey-id", keyId);
    headers.put("x-acs-security-token", token);
    return this;
  }

  /** The whole request, ready for a socket. */
  String by(String keyId, String secret) throws GeneralSecurityException {
    StringBuilder canonical = new StringBuilder("GET\n" + path + "\n" + query + "\n");
    StringBuilder wire = new StringBuilder("GET " + path);
    wire.append(query.isEmpty() ? "" : "?" + query).append(" HTTP/1.1\r\n");
    headers.forEach((name, value) -> canonical.append(name + ":" + value + "\n"));
    headers.forEach((name, value) -> wire.append(name + ": " + value + "\r\n"));
    String signed = String.join(";", headers.keySet());
    canonical.append("\n" + signed + "\n" + EMPTY_SHA256);
    String toSign =
        "ACS3-HMAC-SHA256\n"
            + hex(MessageDigest.getInstance("SHA-256").digest(utf8(canonical.toString())));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(utf8(secret), "HmacSHA256"));
    return wire.append("authorization: ACS3-HMAC-SHA256 Credential=" + keyId)
        .append(",SignedHeaders=" + signed)
        .append(",Signature=" + hex(mac.doFinal(utf8(toSign))))
        .append("\r\n\r\n")
        .toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
