package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.time.Duration;

/** A simulated cloud that verifies signatures, and clients of it. */
public final class SimulatedCloud implements AutoCloseable {
  /** Bounds the calls of {@link #hasty}. */
  static final Duration BRIEF = Duration.ofMillis(400);

  public final Simulator cloud;
  public final CloudClient client;

  /** For answers that never end. */
  final CloudClient hasty;

  public SimulatedCloud() throws IOException {
    cloud = Simulator.builder().credential(CloudClient.ACCESS_KEY_ID, CloudClient.SECRET).start();
    client = CloudClient.of(cloud.endpoint()).build();
    hasty = CloudClient.of(cloud.endpoint()).timeout(BRIEF).build();
  }

  /** The result of the client for this answer about the sample task. */
  TaskLookup answered(Response first, Response... more) {
    answer(first, more);
    return client.describe(SampleTask.ID);
  }

  /** As {@link #answered}, for a client with a short timeout. */
  TaskLookup answeredHasty(Response first, Response... more) {
    answer(first, more);
    return hasty.describe(SampleTask.ID);
  }

  private void answer(Response first, Response... more) {
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
