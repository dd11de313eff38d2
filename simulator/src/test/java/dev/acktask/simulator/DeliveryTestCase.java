package dev.acktask.simulator;

import dev.acktask.simulator.http.Transmission.Outcome;
import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulator and a plain socket to it. */
abstract class DeliveryTestCase {
  static final String BODY = "{\"state\":\"running\"}";
  static final Response PLAIN = Response.of(200).body(Body.of(BODY));
  static final String PLAIN_HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n";

  Simulator simulator;
  RawClient client;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.builder().withoutVerification().start();
    client = new RawClient(simulator.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    simulator.close();
  }

  RawClient ask(Response response) throws IOException {
    simulator.answers("T-1", response);
    return client.get("/tasks/T-1");
  }

  Outcome finalOutcome() {
    return Awaitility.await()
        .until(
            () -> simulator.served("T-1").get(0).outcome(), outcome -> outcome != Outcome.SENDING);
  }
}
