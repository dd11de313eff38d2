package dev.acktask.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs by the vendor's description, independently of the code that verifies. */
final class SignedRequest {
  private final Map<String, String> headers = new TreeMap<>();
  private final String method;
  private final String path;
  private final String query;
  private final String body;

  private SignedRequest(String path, String query, String action) {
    this("GET", path, query, "", action, "2015-12-15");
  }

  private SignedRequest(
      String method, String path, String query, String body, String action, String version) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.body = body;
    headers.put("host", "localhost");
    headers.put("x-acs-action", action);
    headers.put("x-acs-version", version);
    headers.put("x-acs-content-sha256", sha256(body));
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

  static SignedRequest plans(String query) {
    return new SignedRequest("/operation/plans", query, "ListOperationPlans");
  }

  static SignedRequest plansOf(String region, String query) {
    return new SignedRequest(
        "/regions/" + region + "/operation/plans", query, "ListOperationPlansForRegion");
  }

  /** AssumeRole with its parameters in the query. */
  static SignedRequest assumeRole(Map<String, String> parameters) {
    return new SignedRequest("POST", "/", encoded(parameters), "", "AssumeRole", "2015-04-01");
  }

  /** AssumeRole with its parameters in a form. */
  static SignedRequest assumeRoleByForm(Map<String, String> parameters) {
    SignedRequest request =
        new SignedRequest("POST", "/", "", encoded(parameters), "AssumeRole", "2015-04-01");
    request.headers.put("content-type", "application/x-www-form-urlencoded");
    return request;
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
    StringBuilder canonical = new StringBuilder(method + "\n" + path + "\n" + query + "\n");
    StringBuilder wire = new StringBuilder(method + " " + path);
    wire.append(query.isEmpty() ? "" : "?" + query).append(" HTTP/1.1\r\n");
    headers.forEach((name, value) -> canonical.append(name + ":" + value + "\n"));
    headers.forEach((name, value) -> wire.append(name + ": " + value + "\r\n"));
    String signed = String.join(";", headers.keySet());
    canonical.append("\n" + signed + "\n" + sha256(body));
    String toSign = "ACS3-HMAC-SHA256\n" + sha256(canonical.toString());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(utf8(secret), "HmacSHA256"));
    return wire.append("authorization: ACS3-HMAC-SHA256 Credential=" + keyId)
        .append(",SignedHeaders=" + signed)
        .append(",Signature=" + HexFormat.of().formatHex(mac.doFinal(utf8(toSign))))
        .append("\r\nContent-Length: " + body.length())
        .append("\r\n\r\n" + body)
        .toString();
  }

  /** Sorted and percent-encoded, as both a query and a form are sent. */
  static String encoded(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
