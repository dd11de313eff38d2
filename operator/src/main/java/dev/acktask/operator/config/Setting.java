package dev.acktask.operator.config;

/**
 * Every environment variable that the operator reads. The table in the documentation is held equal
 * to this list by a test.
 */
public enum Setting {
  WATCH_NAMESPACES("", "Namespaces to watch, separated by commas; empty watches all of them."),
  DEFAULT_REGION("", "Region of the tasks, for example `cn-hangzhou`. Required."),
  DEFAULT_NETWORK("Public", "`Public` or `VPC`: which endpoint the operator calls."),
  ENDPOINT_PUBLIC(
      "https://cs.{region}.aliyuncs.com", "URL of the API; `{region}` stands for the region."),
  ENDPOINT_VPC("https://cs-anony-vpc.{region}.aliyuncs.com", "The same for the network `VPC`."),
  ALLOW_PLAINTEXT_ENDPOINT(
      "false", "Accept an `http` endpoint on any address. For tests and the demo only."),
  CREDENTIALS_DIR(
      "",
      "Directory with the files `accessKeyId`, `accessKeySecret` and, for a temporary key,"
          + " `securityToken`, for example of a mounted Secret; a replaced key is used at once."),
  CA_BUNDLE(
      "",
      "PEM file of authorities that are trusted besides those of the Java runtime, for the ACK API,"
          + " STS and OTLP; read at start."),
  DEFAULT_POLL_INTERVAL("15s", "Time between two polls of a task that names no `pollInterval`."),
  MIN_POLL_INTERVAL("5s", "No task is polled more often, whatever it asks for; at least `1s`."),
  NOT_FOUND_GRACE("5m", "How long a task may be unknown to the cloud before that is believed."),
  CALL_TIMEOUT("10s", "Deadline of one call, body included; `1s` to `60s`."),
  MAX_RESPONSE_BYTES(
      "1048576",
      "Largest answer that is read, in bytes; 65536 to 67108864, as far as the heap allows."),
  MAX_CONCURRENT_CALLS("64", "Calls under way at once; 1 to 1000."),
  REQUESTS_PER_MINUTE(
      "120", "Requests that the operator may make, shared by all tasks; 1 to 600000."),
  REQUEST_BURST("20", "Requests that may follow each other at once; 1 to 10000."),
  REDACT_KEYS(
      "",
      "Parts of names, separated by commas, whose values are masked in parameters and outputs, in"
          + " addition to the built-in list; any case."),
  MANAGEMENT_PORT("8080", "Port of `/metrics`; `0` takes any free one."),
  HEALTH_PORT("8081", "Port of `/livez`, `/readyz` and `/startupz`; `0` takes any free one."),
  METRICS_TASK_LIMIT(
      "5000", "Tasks with metrics of their own, the newest first; `0` switches these off."),
  METRICS_TASK_ID(
      "false",
      "Show the id of each task in `acktask_info`. Whoever may read the metrics then knows the ids"
          + " of all namespaces."),
  METRICS_AUTHENTICATION(
      "false",
      "Serve `/metrics` only to a bearer token of the cluster whose user may `get` the"
          + " non-resource URL `/metrics`."),
  LEADER_ELECTION(
      "false",
      "Work only while holding the Lease of `ACKTASK_LEASE_NAME`; needed for two replicas."),
  LEASE_NAME(
      "acktask-operator",
      "The Lease, in the operator's own namespace; two operators in one namespace need two names."),
  LIVENESS_INTERVAL(
      "30s",
      "Time between two looks whether the operator still sees changes; a change that it misses over"
          + " two intervals ends the process. After two thirds of it a short watch asks whether"
          + " anything has changed, so that a watch that delivers nothing is logged within 30 s."
          + " Where there are so many objects that a look takes more than a thirtieth of it, it"
          + " looks less often; `1s` to `10m`."),
  STAGE_TIME_ZONE(
      "",
      "Zone of the times of stages, which the cloud writes without one, for example"
          + " `Asia/Shanghai`; traces show the stages only where it is set."),
  LOG_FORMAT("text", "`text`, or `json`: one object a line."),
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

  /** The value that holds when the variable is absent or empty. */
  public String defaultText() {
    return defaultText;
  }

  /** One sentence for the documentation, in Markdown. */
  public String description() {
    return description;
  }
}
