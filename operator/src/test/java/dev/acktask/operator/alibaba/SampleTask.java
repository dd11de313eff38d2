package dev.acktask.operator.alibaba;

/** The vendor's sample answer of DescribeTaskInfo, and variants of it. */
public final class SampleTask {
  public static final String ID = "T-5faa48fb31b6b8078d000006";

  /** The unchanged sample, which is inconsistent: an error in a running task. */
  public static final String OFFICIAL =
      """
      { "task_id": "T-5faa48fb31b6b8078d000006",
        "cluster_id": "c78592bfe92244365b3c3ad47f1de****",
        "task_type": "cluster_scaleout",
        "state": "running",
        "created": "2020-11-10T16:02:04+08:00",
        "updated": "2020-11-10T16:03:06+08:00",
        "target": { "id": "c78592bfe92244365b3c3ad47f1de****\\n", "type": "cluster" },
        "parameters": { "test": "test", "test2": 1 },
        "stages": [
          { "state": "running", "start_time": "2022-12-15 23:00:00",
            "end_time": "2022-12-15 23:00:00",
            "message": "success to xxxxx", "outputs": { "test": "test", "test2": 1 } } ],
        "current_stage": "DrainNodes",
        "events": [
          { "action": "start", "level": "Normal", "message": "start to xxx",
            "reason": "NodePoolUpgradeStart", "source": "ACK", "timestamp": "1669706229286" } ],
        "task_result": [ { "data": "i-xxx", "status": "success" } ],
        "error": { "code": "400", "message": "failed to xxx" } }
      """;

  private SampleTask() {}

  /** The sample in another state. */
  public static String inState(String state) {
    return withState("\"" + state + "\"");
  }

  /** The sample with {@code json}, any JSON value, as its state. */
  public static String withState(String json) {
    return OFFICIAL.replace(
        "\"state\": \"running\",\n  \"created\"", "\"state\": " + json + ",\n  \"created\"");
  }

  /** A task with only its id, {@code state} and {@code fields}, which may be empty. */
  public static String minimal(String state, String fields) {
    return "{\"task_id\":\""
        + ID
        + "\",\"state\":\""
        + state
        + "\""
        + (fields.isEmpty() ? "" : "," + fields)
        + "}";
  }
}
