package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.SimulatorBuilder;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** A simulated cloud that verifies signatures, and clients of it. */
public final class SimulatedCloud implements AutoCloseable {
  static final Duration SHORT_TIMEOUT = Duration.ofMillis(400);

  public final Simulator simulator;
  public final CloudClient client;

  /** A client with {@link #SHORT_TIMEOUT}, for answers that do not end. */
  final CloudClient shortTimeoutClient;

  public SimulatedCloud() {
    try {
      simulator = verifying().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client = CloudClient.of(simulator.endpoint()).build();
    shortTimeoutClient = CloudClient.of(simulator.endpoint()).timeout(SHORT_TIMEOUT).build();
  }

  /** A simulator that reports the sample task as successful over TLS. */
  static Simulator successOver(SSLContext tls) throws IOException {
    Simulator simulator = verifying().tls(tls).start();
    simulator.answers(SampleTask.ID, Response.json(200, SampleTask.inState("success")));
    return simulator;
  }

  private static SimulatorBuilder verifying() {
    return Simulator.builder().credential(CloudClient.ACCESS_KEY_ID, CloudClient.SECRET);
  }

  /** The result of the client for this answer about the sample task. */
  TaskLookup answered(Response first, Response... more) {
    answer(first, more);
    return client.describe(SampleTask.ID);
  }

  /** As {@link #answered}, for {@link #shortTimeoutClient}. */
  TaskLookup answeredWithinShortTimeout(Response first, Response... more) {
    answer(first, more);
    return shortTimeoutClient.describe(SampleTask.ID);
  }

  private void answer(Response first, Response... more) {
    simulator.clear();
    simulator.answers(SampleTask.ID, first, more);
  }

  /** Requests since the last answer was set. */
  int requests() {
    return simulator.served().size();
  }

  long distinctNonces() {
    return simulator.served().stream()
        .map(served -> Header.first(served.headers(), "x-acs-signature-nonce").orElseThrow())
        .distinct()
        .count();
  }

  @Override
  public void close() {
    client.close();
    shortTimeoutClient.close();
    simulator.close();
  }
}
