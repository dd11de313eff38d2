package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Catalogue F73 and F75: the API server or etcd fails, and recovers. */
@OnControlPlane
class ApiServerFaultsIT extends ApiServerFaultsTestCase {
  private static final Duration FROZEN = Duration.ofSeconds(15);

  ApiServerFaultsIT(ControlPlane controlPlane) {
    super(controlPlane);
  }

  @Test
  @Tag("F73")
  void shouldMirrorTheNewObjectWhenHistoryIsCompactedDuringAFreeze() {
    try (OperatorFixture fixture = follow("gone", WATCHFUL)) {
      // given
      fixture.cloud().answers("T-old", Answers.success("T-old"));
      fixture.tasks().create("swapped", "T-old");
      fixture.tasks().create("deleted", "T-old");
      awaitPhase(fixture, "swapped", "Succeeded");
      awaitPhase(fixture, "deleted", "Succeeded");
      int calls = fixture.cloud().callCount("T-old");
      fixture.operator().freeze();

      // when
      fixture.tasks().delete("deleted");
      fixture.tasks().delete("swapped");
      fixture.cloud().answers("T-new", Answers.running("T-new"));
      fixture.tasks().create("swapped", "T-new");
      compact();
      controlPlane.apiServer().kill();
      controlPlane.heal();
      fixture.operator().thaw();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "swapped", "Running");
      assertEquals("T-new", fixture.tasks().get("swapped").get("status", "taskId"));
      assertEquals(calls, fixture.cloud().callCount("T-old"));
      awaitNewObject(fixture);
    }
  }

  @Test
  @Tag("F75")
  void shouldConvergeWhenTheApiServerIsKilledAndStarted() {
    try (OperatorFixture fixture = follow("apiserver")) {
      // given
      fixture.cloud().answers("T-done", Answers.success("T-done"));
      fixture.tasks().create("done", "T-done");
      awaitPhase(fixture, "done", "Succeeded");
      String version = fixture.tasks().get("done").getMetadata().getResourceVersion();

      // when
      controlPlane.apiServer().kill();
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      int calls = fixture.cloud().callCount("T-1");
      await().atMost(SOON).until(() -> fixture.cloud().callCount("T-1") > calls);
      controlPlane.heal();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "task", "Failed");
      awaitNewObject(fixture);
      assertEquals(1, fixture.cloud().callCount("T-done"));
      assertEquals(version, fixture.tasks().get("done").getMetadata().getResourceVersion());
    }
  }

  @Test
  @Tag("F75")
  void shouldConvergeWhenEtcdIsKilledAndStarted() {
    try (OperatorFixture fixture = follow("etcd-killed")) {
      // when
      controlPlane.etcd().kill();
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      int calls = fixture.cloud().callCount("T-1");
      await().atMost(SOON).until(() -> fixture.cloud().callCount("T-1") > calls);
      controlPlane.heal();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "task", "Failed");
      awaitNewObject(fixture);
    }
  }

  @Test
  @Tag("F75")
  void shouldConvergeWhenEtcdIsFrozenLongerThanARequestLasts() {
    try (OperatorFixture fixture = follow("etcd-frozen")) {
      // when
      controlPlane.etcd().freeze();
      long frozen = System.nanoTime();
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      await()
          .pollDelay(FROZEN)
          .atMost(FROZEN.plusSeconds(10))
          .until(() -> System.nanoTime() - frozen > FROZEN.toNanos());
      controlPlane.etcd().thaw();
      controlPlane.heal();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "task", "Failed");
      awaitNewObject(fixture);
    }
  }

  /** Forgets all old versions, so that a watch from one of them is answered with 410 Gone. */
  private void compact() {
    URI etcd = controlPlane.etcdClients();
    String revision = post(etcd.resolve("/v3/kv/put"), "{\"key\": \"L2NvbXBhY3Q=\"}");
    String now = revision.replaceAll("(?s).*\"revision\":\"(\\d+)\".*", "$1");
    post(etcd.resolve("/v3/kv/compaction"), "{\"revision\": \"" + now + "\", \"physical\": true}");
  }

  private static String post(URI address, String body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(body)).build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer::body);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
