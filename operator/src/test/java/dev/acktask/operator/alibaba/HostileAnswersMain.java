package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Response;

/**
 * Reads hostile answers one after the other; {@link AlibabaTaskClientSmallHeapTest} runs it in a
 * separate JVM.
 */
final class HostileAnswersMain {
  private static final int CAP = Answer.MAX_BYTES;

  private HostileAnswersMain() {}

  public static void main(String[] args) throws Exception {
    try (Simulator cloud =
            Simulator.builder().credential(CloudClient.ACCESS_KEY_ID, CloudClient.SECRET).start();
        CloudClient client = CloudClient.of(cloud.endpoint()).build()) {
      for (int round = 0; round < 3; round++) {
        expect(Failure.RESPONSE_TOO_LARGE, cloud, client, Response.endless(200_000_000L));
        expect(Failure.RESPONSE_INVALID, cloud, client, Response.gzipBomb(10_000_000_000L));
        expect(Failure.RESPONSE_INVALID, cloud, client, filled("", '[', CAP, ""));
        expect(
            Failure.RESPONSE_INVALID,
            cloud,
            client,
            Response.json(200, "[\"" + "é".repeat(CAP / 2 - 2)));
        expect(
            Failure.RESPONSE_INVALID, cloud, client, Response.json(200, "{\"a\":".repeat(CAP / 5)));
        cloud.answers(SampleTask.ID, filled(start("\"x\":\""), 'x', CAP - 200, "\"}"));
        found(client);
        int depth = 100_000;
        cloud.answers(
            SampleTask.ID,
            Response.json(
                200, start("\"parameters\":") + "[".repeat(depth) + "]".repeat(depth) + "}"));
        found(client);
      }
    }
  }

  private static String start(String field) {
    return "{\"task_id\":\"" + SampleTask.ID + "\",\"state\":\"failed\"," + field;
  }

  private static Response filled(String prefix, char fill, long bytes, String suffix) {
    return Response.json(200, "").body(new Body.Repeated(prefix, fill, bytes, suffix));
  }

  private static void expect(Failure cause, Simulator cloud, CloudClient client, Response reply) {
    cloud.answers(SampleTask.ID, reply);
    TaskLookup lookup = client.describe(SampleTask.ID);
    if (!(lookup instanceof Unavailable unavailable && unavailable.cause() == cause)) {
      throw new AssertionError("not " + cause + " but " + lookup);
    }
  }

  private static void found(CloudClient client) {
    TaskLookup lookup = client.describe(SampleTask.ID);
    if (!(lookup instanceof Found answer && answer.task().state().equals("failed"))) {
      throw new AssertionError("not found but " + lookup);
    }
  }
}
