package dev.acktask.operator.alibaba.signing;

import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.HttpRequest;
import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.Sha256;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Creates signed requests for one endpoint. Each has its own time and nonce, a retry as well,
 * because the cloud rejects a repeated nonce.
 */
public final class RequestSigner {
  private static final Operation DESCRIBE_TASK_INFO =
      new Operation("DescribeTaskInfo", "2015-12-15");
  private static final Operation ASSUME_ROLE = new Operation("AssumeRole", "2015-04-01");

  private final Endpoint endpoint;
  private final InstantSource clock;
  private final Supplier<String> nonces;

  public RequestSigner(Endpoint endpoint, InstantSource clock, Supplier<String> nonces) {
    this.endpoint = endpoint;
    this.clock = clock;
    this.nonces = nonces;
  }

  /**
   * An operation of the cloud.
   *
   * @param version of the API that has it
   */
  private record Operation(String name, String version) {}

  /** A signed GET request for {@code task}. */
  public HttpRequest describe(TaskRef task, Credential credential) {
    String path = "/tasks/" + PercentEncoding.encode(task.taskId());
    return HttpRequest.get(
        endpoint.origin(), path, signed("GET", path, DESCRIBE_TASK_INFO, Map.of(), credential));
  }

  /**
   * A signed POST request for a session of a role, to STS.
   *
   * @param parameters of AssumeRole; in the body, so that no server logs them with the URL
   */
  public HttpRequest assumeRole(Map<String, String> parameters, Credential credential) {
    return HttpRequest.post(
        endpoint.origin(),
        "/",
        signed("POST", "/", ASSUME_ROLE, parameters, credential),
        parameters);
  }

  /** All headers of the request; those of the body are signed and not among them. */
  private Map<String, String> signed(
      String method,
      String path,
      Operation operation,
      Map<String, String> form,
      Credential credential) {
    String bodyHash =
        form.isEmpty() ? CanonicalRequest.EMPTY_BODY_HASH : Sha256.hex(HttpRequest.encoded(form));
    Map<String, String> headers = new HashMap<>();
    headers.put("x-acs-action", operation.name());
    headers.put("x-acs-version", operation.version());
    headers.put("x-acs-date", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    headers.put("x-acs-signature-nonce", nonces.get());
    headers.put("x-acs-content-sha256", bodyHash);
    if (credential.securityToken() != null) {
      headers.put("x-acs-accesskey-id", credential.accessKeyId());
      headers.put("x-acs-security-token", credential.securityToken());
    }

    Map<String, String> signed = new HashMap<>(headers);
    signed.put("host", endpoint.origin().authority());
    if (!form.isEmpty()) {
      signed.put("content-type", HttpRequest.FORM_TYPE);
    }
    headers.put(
        "authorization",
        Acs3Signature.authorization(
            new CanonicalRequest(method, path, Map.of(), signed, bodyHash),
            credential.accessKeyId(),
            credential.accessKeySecret()));
    headers.put("accept", "application/json");
    headers.put("user-agent", "acktask-operator");
    return headers;
  }
}
