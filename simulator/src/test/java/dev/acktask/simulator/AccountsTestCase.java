package dev.acktask.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.Cluster;
import dev.acktask.simulator.account.Region;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.script.Step;
import dev.acktask.simulator.script.TaskScript;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulator with two accounts; the first has a task in each of two regions. */
abstract class AccountsTestCase {
  static final String FIRST = "1000000000000001";
  static final String SECOND = "1000000000000002";
  static final String TASK = "T-000000000000000000000b01";
  static final String HANGZHOU = "cs.cn-hangzhou.localhost:8080";
  static final String BEIJING = "cs.cn-beijing.localhost:8080";

  final SteppedClock clock = new SteppedClock(Instant.parse("2026-01-02T03:04:05Z"));
  Simulator simulator;

  @BeforeEach
  void start() throws IOException {
    simulator = configured(Simulator.builder()).start();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  SimulatorBuilder configured(SimulatorBuilder builder) {
    return builder.clock(clock).account(first().build()).account(second().build());
  }

  Account.Builder first() {
    return Account.builder(FIRST)
        .key(AccessKey.of("firstKey", "canary-first"))
        .key(AccessKey.of("readerKey", "canary-reader").permitting(Operation.DESCRIBE_TASK_INFO))
        .region(
            Region.of("cn-hangzhou")
                .withClusters(Cluster.of("c1").named("blue"), Cluster.of("c2").named("green"))
                .withTasks(task("running")))
        .region(Region.of("cn-beijing").withTasks(task("success")));
  }

  Account.Builder second() {
    return Account.builder(SECOND)
        .key(AccessKey.of("secondKey", "canary-second"))
        .region(Region.of("cn-hangzhou"));
  }

  static TaskScript task(String state) {
    return TaskScript.builder(TASK, "c3")
        .taskType("cluster_upgrade")
        .timeline(List.of(Step.builder(Duration.ZERO).state(state).build()))
        .build();
  }

  /** The answer to {@code request}, signed by {@code session}. */
  String bySession(JsonNode session, SignedRequest request) throws Exception {
    String keyId = session.at("/Credentials/AccessKeyId").asText();
    request.date(clock.instant()).token(keyId, session.at("/Credentials/SecurityToken").asText());
    return send(request.by(keyId, session.at("/Credentials/AccessKeySecret").asText()));
  }

  /** The answer to {@code request}, dated now and signed by the first account's key. */
  String byFirst(SignedRequest request) throws Exception {
    return send(request.date(clock.instant()).by("firstKey", "canary-first"));
  }

  String bySecond(SignedRequest request) throws Exception {
    return send(request.date(clock.instant()).by("secondKey", "canary-second"));
  }

  String send(String request) throws IOException {
    try (RawClient client = new RawClient(simulator.port())) {
      return client.send(request).readAnswer();
    }
  }

  static SignedRequest task(String taskId, String host) {
    return SignedRequest.describe(taskId).host(host);
  }

  static String code(String answer) throws IOException {
    JsonNode body = SimulatorTestCase.body(answer);
    return body.path("code").asText(body.path("Code").asText());
  }

  static String state(String answer) throws IOException {
    return SimulatorTestCase.body(answer).path("state").asText();
  }
}
