package dev.acktask.operator.catalogue;

import dev.acktask.operator.alibaba.CloudClient;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.reply.Header;
import dev.acktask.simulator.reply.Reply;
import java.io.IOException;
import java.time.Duration;

/** A simulated cloud that verifies signatures, and clients of it. */
final class Wire implements AutoCloseable {
  /** Bounds the calls of {@link #hasty}. */
  static final Duration BRIEF = Duration.ofMillis(400);

  final Simulator cloud;
  final CloudClient client;

  /** For answers that never end. */
  final CloudClient hasty;

  Wire() throws IOException {
    cloud = Simulator.builder().credential(CloudClient.ACCESS_KEY_ID, CloudClient.SECRET).start();
    client = CloudClient.of(cloud.endpoint()).build();
    hasty = CloudClient.of(cloud.endpoint()).timeout(BRIEF).build();
  }

  /** What the client sees when the sample task is answered so. */
  TaskLookup answered(Reply first, Reply... more) {
    answer(first, more);
    return client.describe(SampleTask.ID);
  }

  /** As {@link #answered}, for a client with little time. */
  TaskLookup answeredHasty(Reply first, Reply... more) {
    answer(first, more);
    return hasty.describe(SampleTask.ID);
  }

  private void answer(Reply first, Reply... more) {
    cloud.clear();
    cloud.answers(SampleTask.ID, first, more);
  }

  /** Requests since the last answer was set. */
  int requests() {
    return cloud.served().size();
  }

  long differentNonces() {
    return cloud.served().stream()
        .map(served -> Header.first(served.headers(), "x-acs-signature-nonce").orElseThrow())
        .distinct()
        .count();
  }

  @Override
  public void close() {
    client.close();
    hasty.close();
    cloud.close();
  }
}
