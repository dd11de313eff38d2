package dev.acktask.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulator and its signed client. */
abstract class SimulatorTestCase {
  static final Response RUNNING = Response.json(200, "{\"state\":\"running\"}");
  static final Response SUCCESS = Response.json(200, "{\"state\":\"success\"}");

  Simulator simulator;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.builder().credential("keyId", "canary-secret").start();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  String send(String request) throws IOException {
    try (RawClient client = new RawClient(simulator.port())) {
      return client.send(request).readAnswer();
    }
  }

  String describe(String taskId) throws Exception {
    return send(SignedRequest.describe(taskId).by("keyId", "canary-secret"));
  }

  static JsonNode body(String answer) throws IOException {
    return new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
  }
}
