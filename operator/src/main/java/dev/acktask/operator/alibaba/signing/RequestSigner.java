package dev.acktask.operator.alibaba.signing;

import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.HttpRequest;
import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.task.TaskRef;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Creates signed DescribeTaskInfo requests for one endpoint. Each has its own time and nonce, a
 * retry as well, because the cloud rejects a repeated nonce.
 */
public final class RequestSigner {
  private static final String ACTION = "DescribeTaskInfo";
  private static final String VERSION = "2015-12-15";

  private final Endpoint endpoint;
  private final InstantSource clock;
  private final Supplier<String> nonces;

  public RequestSigner(Endpoint endpoint, InstantSource clock, Supplier<String> nonces) {
    this.endpoint = endpoint;
    this.clock = clock;
    this.nonces = nonces;
  }

  /** A signed GET request for {@code task}. */
  public HttpRequest describe(TaskRef task, Credential credential) {
    String path = "/tasks/" + PercentEncoding.encode(task.taskId());
    Map<String, String> headers = new HashMap<>();
    headers.put("x-acs-action", ACTION);
    headers.put("x-acs-version", VERSION);
    headers.put("x-acs-date", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    headers.put("x-acs-signature-nonce", nonces.get());
    headers.put("x-acs-content-sha256", CanonicalRequest.EMPTY_BODY_HASH);
    if (credential.securityToken() != null) {
      headers.put("x-acs-accesskey-id", credential.accessKeyId());
      headers.put("x-acs-security-token", credential.securityToken());
    }

    Map<String, String> signed = new HashMap<>(headers);
    signed.put("host", endpoint.origin().authority());
    CanonicalRequest canonical =
        new CanonicalRequest("GET", path, Map.of(), signed, CanonicalRequest.EMPTY_BODY_HASH);
    headers.put(
        "authorization",
        Acs3Signature.authorization(
            canonical, credential.accessKeyId(), credential.accessKeySecret()));
    headers.put("accept", "application/json");
    headers.put("user-agent", "acktask-operator");
    return HttpRequest.get(endpoint.origin(), path, headers);
  }
}
