package dev.acktask.operator.config;

/**
 * The environment variables of the operator. A test keeps the table in docs/configuration.md equal
 * to this list.
 */
public enum Setting {
  WATCH_NAMESPACES("", "Namespaces to watch, separated by commas; empty watches all of them."),
  WATCH_LABEL_SELECTOR(
      "",
      "Label selector of the AckTasks to mirror and of the gates to evaluate, for example"
          + " `acktask.dev/shard=a`; empty selects all of them. See [shards](operations.md#shards)."),
  DEFAULT_REGION(
      "",
      "Region of the built-in connection, for example `cn-hangzhou`; AckTasks without"
          + " `connectionRef` use it unless ClusterAckConnection `default` exists. Empty: there is"
          + " no built-in connection, and credentials are optional. See"
          + " [connections](connections.md)."),
  DEFAULT_NETWORK("Public", "`Public` or `VPC`: endpoint of the built-in connection."),
  ENDPOINT_PUBLIC(
      "https://cs.{region}.aliyuncs.com", "URL of the API; `{region}` stands for the region."),
  ENDPOINT_VPC(
      "https://cs-anony-vpc.{region}.aliyuncs.com", "URL of the API for the network `VPC`."),
  STS_ENDPOINT_PUBLIC(
      "https://sts.{region}.aliyuncs.com",
      "URL of STS, for the sessions of connections; `{region}` stands for the region of the"
          + " connection."),
  STS_ENDPOINT_VPC(
      "https://sts-vpc.{region}.aliyuncs.com",
      "URL of STS for connections with the network `VPC`."),
  ALLOW_PLAINTEXT_ENDPOINT(
      "false", "Accept an `http` endpoint on any address. For tests and the demo only."),
  CREDENTIALS_DIR(
      "",
      "Directory with the files `accessKeyId`, `accessKeySecret` and, for a temporary key,"
          + " `securityToken`, for example of a mounted Secret; a replaced key is used at once."),
  CA_BUNDLE(
      "",
      "PEM file of certificate authorities that are trusted in addition to those of the Java"
          + " runtime, for the ACK API, STS and OTLP; read at start."),
  DEFAULT_POLL_INTERVAL("15s", "Time between two polls of a task without `pollInterval`."),
  MIN_POLL_INTERVAL(
      "5s",
      "Minimum time between two polls of one task, which overrides a shorter `pollInterval`; at"
          + " least `1s`."),
  NOT_FOUND_GRACE(
      "5m", "Time for which a task may be unknown to the cloud before it counts as not found."),
  CALL_TIMEOUT("10s", "Deadline of one call, including the response body; `1s` to `60s`."),
  MAX_RESPONSE_BYTES(
      "1048576",
      "Maximum size of a response in bytes; 65536 to 67108864, as far as the heap allows."),
  MAX_CONCURRENT_CALLS("64", "Maximum number of concurrent calls of one connection; 1 to 1000."),
  REQUESTS_PER_MINUTE(
      "120",
      "Maximum number of requests of the built-in connection per minute, shared by all its tasks;"
          + " 1 to 600000. Other connections have a limit in their spec."),
  REQUEST_BURST(
      "20", "Maximum number of requests of the built-in connection without a pause; 1 to 10000."),
  REDACT_KEYS(
      "",
      "Parts of names, separated by commas, whose values are masked in parameters and outputs, in"
          + " addition to the built-in list; any case."),
  MANAGEMENT_PORT("8080", "Port of `/metrics`; `0` takes any free port."),
  HEALTH_PORT("8081", "Port of `/livez`, `/readyz` and `/startupz`; `0` takes any free port."),
  METRICS_TASK_LIMIT(
      "5000",
      "Maximum number of tasks with per-task metrics, the newest first; `0` disables these"
          + " metrics."),
  METRICS_TASK_ID(
      "false",
      "Add the id of each task to `acktask_info`. All readers of the metrics then know the ids of"
          + " all namespaces."),
  METRICS_AUTHENTICATION(
      "false",
      "Serve `/metrics` only to a bearer token of the cluster whose user may `get` the"
          + " non-resource URL `/metrics`."),
  LEADER_ELECTION(
      "false",
      "Work only while holding the Lease `ACKTASK_LEASE_NAME`; required for two replicas."),
  LEASE_NAME(
      "acktask-operator",
      "The Lease, in the operator's own namespace; two operators in one namespace need two names."),
  LIVENESS_INTERVAL(
      "30s",
      "Time between two checks that the watch delivers changes; the process exits when a change is"
          + " missing for two intervals. After two thirds of the interval a short watch detects"
          + " changes, so that a watch that delivers nothing is logged within 30 s. If a check"
          + " takes more than a thirtieth of the interval, because there are many objects, checks"
          + " are less frequent; `1s` to `10m`."),
  STAGE_TIME_ZONE(
      "",
      "Time zone of the times of stages, which the cloud writes without a zone, for example"
          + " `Asia/Shanghai`; traces need it for tasks that ended before their first poll."),
  LOG_FORMAT("text", "`text`, or `json` for one object per line."),
  LOG_LEVEL("info", "`error`, `warn`, `info`, `debug` or `trace`.");

  static final String PREFIX = "ACKTASK_";

  private final String defaultText;
  private final String description;

  Setting(String defaultText, String description) {
    this.defaultText = defaultText;
    this.description = description;
  }

  /** The name of the environment variable. */
  public String variable() {
    return PREFIX + name();
  }

  /** The value used if the variable is absent or empty. */
  public String defaultText() {
    return defaultText;
  }

  /** One sentence for the documentation, in Markdown. */
  public String description() {
    return description;
  }
}
