package dev.acktask.operator.alibaba.signing;

import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.HttpRequest;
import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.RegionId;
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
  private static final Operation DESCRIBE_TASK_INFO = Operation.ofAck("DescribeTaskInfo");
  private static final Operation DESCRIBE_CLUSTER_TASKS = Operation.ofAck("DescribeClusterTasks");
  private static final Operation DESCRIBE_CLUSTERS = Operation.ofAck("DescribeClustersV1");
  private static final Operation LIST_OPERATION_PLANS =
      Operation.ofAck("ListOperationPlansForRegion");
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
  private record Operation(String name, String version) {
    static Operation ofAck(String name) {
      return new Operation(name, "2015-12-15");
    }
  }

  /** A signed GET request for {@code task}. */
  public HttpRequest describe(TaskRef task, Credential credential) {
    String path = "/tasks/" + PercentEncoding.encode(task.taskId());
    return get(DESCRIBE_TASK_INFO, path, Map.of(), credential);
  }

  /** A signed GET request for a page of the tasks of a cluster. */
  public HttpRequest clusterTasks(String clusterId, PageRequest page, Credential credential) {
    String path = "/clusters/" + PercentEncoding.encode(clusterId) + "/tasks";
    return get(DESCRIBE_CLUSTER_TASKS, path, query(page), credential);
  }

  /** A signed GET request for a page of the clusters of {@code region}. */
  public HttpRequest clusters(RegionId region, PageRequest page, Credential credential) {
    Map<String, String> query = query(page);
    query.put("region_id", region.id());
    return get(DESCRIBE_CLUSTERS, "/api/v1/clusters", query, credential);
  }

  /** A signed GET request for the plans of the maintenance in {@code region}. */
  public HttpRequest operationPlans(RegionId region, Credential credential) {
    String path = "/regions/" + PercentEncoding.encode(region.id()) + "/operation/plans";
    return get(LIST_OPERATION_PLANS, path, Map.of(), credential);
  }

  private static Map<String, String> query(PageRequest page) {
    Map<String, String> query = new HashMap<>();
    query.put("page_number", String.valueOf(page.number()));
    query.put("page_size", String.valueOf(PageRequest.SIZE));
    if (page.token() != null) {
      query.put("next_token", page.token());
      query.put("max_results", String.valueOf(PageRequest.SIZE)); // the size of pages with tokens
    }
    return query;
  }

  private HttpRequest get(
      Operation operation, String path, Map<String, String> query, Credential credential) {
    String target = query.isEmpty() ? path : path + "?" + PercentEncoding.query(query);
    return HttpRequest.get(
        endpoint.origin(),
        target,
        signed(new Unsigned("GET", path, query, Map.of()), operation, credential));
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
        signed(new Unsigned("POST", "/", Map.of(), parameters), ASSUME_ROLE, credential),
        parameters);
  }

  /**
   * A request without headers.
   *
   * @param path percent-encoded
   * @param query before encoding
   * @param form before encoding
   */
  private record Unsigned(
      String method, String path, Map<String, String> query, Map<String, String> form) {
    String bodyHash() {
      return form.isEmpty()
          ? CanonicalRequest.EMPTY_BODY_HASH
          : Sha256.hex(HttpRequest.encoded(form));
    }
  }

  /** All headers of the request; those of the body are signed and not among them. */
  private Map<String, String> signed(Unsigned request, Operation operation, Credential credential) {
    String bodyHash = request.bodyHash();
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
    if (!request.form().isEmpty()) {
      signed.put("content-type", HttpRequest.FORM_TYPE);
    }
    headers.put(
        "authorization",
        Acs3Signature.authorization(
            new CanonicalRequest(
                request.method(), request.path(), request.query(), signed, bodyHash),
            credential.accessKeyId(),
            credential.accessKeySecret()));
    headers.put("accept", "application/json");
    headers.put("user-agent", "acktask-operator");
    return headers;
  }
}
