package dev.acktask.operator.health;

import static dev.acktask.operator.health.ListResponses.page;
import static dev.acktask.operator.health.ListResponses.path;
import static dev.acktask.operator.health.ListResponses.watch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.kubernetes.ApiServerFailure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists of several namespaces: changes, missing rights, and lists that never end. */
@EnableKubernetesMockClient
final class ResourceVersionListerNamespacesTest {
  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void shouldReadEachNamespaceWhenOnlySomeAreWatched() {
    server.expect().get().withPath(path("team-a")).andReturn(200, page("u-1", "7", "")).once();
    server.expect().get().withPath(path("team-b")).andReturn(200, page("u-2", "8", "")).once();
    assertEquals(
        Map.of("team-a", Map.of("u-1", "7"), "team-b", Map.of("u-2", "8")),
        lister(List.of("team-a", "team-b")).read(() -> {}).versions());
  }

  @Test
  void shouldSelectTheSameObjectsInEachNamespace() {
    // given
    String selected = "&labelSelector=acktask.dev%2Fshard+in+%28a%2Cb%29";
    for (String namespace : List.of("team-a", "team-b")) {
      server
          .expect()
          .get()
          .withPath(path(namespace) + selected)
          .andReturn(200, page("u-" + namespace, "7", ""))
          .once();
      server.expect().get().withPath(watch(namespace) + selected).andReturn(200, "").times(2);
    }
    ResourceVersionLister lister =
        new ResourceVersionLister(
            client,
            AckTask.class,
            List.of("team-a", "team-b"),
            "acktask.dev/shard in (a,b)",
            Duration.ofSeconds(30));

    // when
    ResourceVersionReader.State state = lister.read(() -> {});

    // then
    assertEquals(
        Map.of("team-a", Map.of("u-team-a", "7"), "team-b", Map.of("u-team-b", "7")),
        state.versions());
    assertFalse(lister.mayHaveChanged(() -> {}));
  }

  @Test
  @Tag("F71")
  void shouldReadTheOthersAndNameTheOneWhenANamespaceIsForbidden() {
    server.expect().get().withPath(path("team-a")).andReturn(200, page("u-1", "7", "")).once();
    server.expect().get().withPath(path("team-b")).andReturn(403, "{}").once();
    ResourceVersionReader.State state = lister(List.of("team-a", "team-b")).read(() -> {});
    assertEquals(Map.of("team-a", Map.of("u-1", "7")), state.versions());
    assertEquals(Set.of("team-a"), state.listed());
    assertEquals(
        Map.of("team-b", new ApiServerFailure(ApiServerFailure.Kind.FORBIDDEN, "HTTP 403")),
        state.failures());
  }

  /** The cache cannot contain objects of a namespace that may not be watched. */
  @Test
  @Tag("F71")
  void shouldNameTheNamespaceThatMayBeListedButNotWatchedUntilItMay() {
    // given
    server.expect().get().withPath(path("team-a")).andReturn(200, page("u-1", "7", "")).always();
    server.expect().get().withPath(path("team-b")).andReturn(200, page("u-2", "8", "")).always();
    server.expect().get().withPath(watch("team-a")).andReturn(200, "").always();
    server.expect().get().withPath(watch("team-b")).andReturn(403, "{}").once();
    ResourceVersionLister lister = lister(List.of("team-a", "team-b"));

    // when
    ResourceVersionReader.State state = lister.read(() -> {});

    // then
    assertEquals(Map.of("team-a", Map.of("u-1", "7")), state.versions());
    assertEquals(Set.of("team-a"), state.listed());
    assertEquals(
        Map.of("team-b", new ApiServerFailure(ApiServerFailure.Kind.FORBIDDEN, "watch, HTTP 403")),
        state.failures());

    // when
    server.expect().get().withPath(watch("team-b")).andReturn(200, "").always();

    // then
    assertEquals(Set.of("team-a", "team-b"), lister.read(() -> {}).listed());
  }

  @Test
  @Tag("F71")
  void shouldNameTheNamespaceThatLosesTheRightToBeWatched() {
    // given
    server.expect().get().withPath(path("team-a")).andReturn(200, page("u-1", "7", "")).always();
    server.expect().get().withPath(watch("team-a")).andReturn(200, "").times(2);
    ResourceVersionLister lister = lister(List.of("team-a"));
    assertEquals(Set.of("team-a"), lister.read(() -> {}).listed());
    assertFalse(lister.mayHaveChanged(() -> {}));

    // when
    server.expect().get().withPath(watch("team-a")).andReturn(403, "{}").always();

    // then
    assertTrue(lister.mayHaveChanged(() -> {}));
    assertEquals(Set.of("team-a"), lister.read(() -> {}).failures().keySet());
  }

  @Test
  void shouldAskOnlyTheWatchWhetherAnythingHasChanged() {
    // given
    server.expect().get().withPath(path("team-a")).andReturn(200, page("u-1", "7", "")).always();
    server.expect().get().withPath(watch("team-a")).andReturn(200, "").times(2);
    ResourceVersionLister lister = lister(List.of("team-a"));
    assertTrue(lister.mayHaveChanged(() -> {}), "nothing is known before the first list");

    // when
    lister.read(() -> {});

    // then
    assertFalse(lister.mayHaveChanged(() -> {}));

    // when
    server.expect().get().withPath(watch("team-a")).andReturn(200, "{\"type\": \"X\"}").always();
    int requests = server.getRequestCount();

    // then
    assertTrue(lister.mayHaveChanged(() -> {}));
    assertEquals(1, server.getRequestCount() - requests);
  }

  /** One timeout for each namespace would exceed the limit of the watchdog. */
  @Test
  @Tag("F75")
  void shouldAskForTwoNamespacesOnlyWhenNothingAnswers() throws IOException {
    AtomicInteger pages = new AtomicInteger();
    List<String> many = IntStream.range(0, 50).mapToObj(i -> "team-" + i).toList();
    Set<Socket> connections = ConcurrentHashMap.newKeySet();
    try (ServerSocket silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        KubernetesClient other =
            new KubernetesClientBuilder()
                .withConfig(
                    new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + silent.getLocalPort())
                        .build())
                .build()) {
      Thread.ofVirtual().start(() -> accept(silent, connections));
      ResourceVersionReader.State state =
          new ResourceVersionLister(other, AckTask.class, many, "", Duration.ofSeconds(2))
              .read(pages::incrementAndGet);
      assertEquals(Set.copyOf(many), state.failures().keySet());
      assertEquals(2, pages.get());
      assertTrue(connections.size() < many.size() / 2, connections::toString); // with retries
    }
  }

  @Test
  void shouldReadTheOthersInTheSameRoundWhenTheListOfOneNamespaceNeverEnds() {
    silent("team-a");
    listable("team-b");
    listable("team-c");

    ResourceVersionReader.State state =
        listerWithShortTimeout(List.of("team-a", "team-b", "team-c")).read(() -> {});

    assertEquals(Set.of("team-b", "team-c"), state.listed());
    assertEquals(Set.of("team-a"), state.failures().keySet());
  }

  @Test
  void shouldReadTheOthersInTheNextRoundWhenTheListsOfTwoNamespacesNeverEnd() {
    // given
    silent("team-a");
    silent("team-b");
    listable("team-c");
    listable("team-d");
    ResourceVersionLister lister =
        listerWithShortTimeout(List.of("team-a", "team-b", "team-c", "team-d"));

    assertEquals(Set.of(), lister.read(() -> {}).listed());

    // when
    ResourceVersionReader.State second = lister.read(() -> {});

    // then
    assertEquals(Set.of("team-c", "team-d"), second.listed());
    assertEquals(Set.of("team-a", "team-b"), second.failures().keySet());
  }

  private void silent(String namespace) {
    server
        .expect()
        .get()
        .delay(10, TimeUnit.MINUTES)
        .withPath(path(namespace))
        .andReturn(200, page("u-" + namespace, "7", ""))
        .always();
  }

  private void listable(String namespace) {
    server
        .expect()
        .get()
        .withPath(path(namespace))
        .andReturn(200, page("u-" + namespace, "7", ""))
        .always();
    server.expect().get().withPath(watch(namespace)).andReturn(200, "").always();
  }

  private ResourceVersionLister listerWithShortTimeout(List<String> namespaces) {
    return new ResourceVersionLister(client, AckTask.class, namespaces, "", Duration.ofSeconds(4));
  }

  private static void accept(ServerSocket silent, Set<Socket> connections) {
    try {
      while (true) {
        connections.add(silent.accept());
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private ResourceVersionLister lister(List<String> namespaces) {
    return new ResourceVersionLister(client, AckTask.class, namespaces, "", Duration.ofSeconds(30));
  }
}
