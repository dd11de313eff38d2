package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists are complete, in pages of at most 4 MiB for a heap of 64 MiB. */
@Timeout(120)
final class PagedHttpClientTest {
  private static final long HEAP = 64L << 20;

  @Test
  void shouldRequestFewerObjectsWhenTheyAreLarge() throws IOException {
    try (FakeApiServer server = new FakeApiServer(40, number -> large(number, 250_000));
        KubernetesClient client = client(server)) {
      assertEquals(uids(40), list(client));
      // 31 of them are 7.75 MB, 7 are 1.75 MB
      assertEquals(List.of(500, 125, 31, 7, 7, 7, 7, 7, 7), server.limits());
    }
  }

  @Test
  void shouldRequestTheGivenLimitWhenObjectsAreSmall() throws IOException {
    try (FakeApiServer server = new FakeApiServer(1_200, number -> large(number, 100));
        KubernetesClient client = client(server)) {
      assertEquals(uids(1_200), list(client));
      assertEquals(List.of(500, 500, 500), server.limits());
    }
  }

  @Test
  void shouldReadAnObjectThatAloneExceedsTheBudget() throws IOException {
    try (FakeApiServer server = new FakeApiServer(2, number -> large(number, 5_000_000));
        KubernetesClient client = client(server)) {
      assertEquals(uids(2), list(client));
      assertEquals(List.of(500, 125, 31, 7, 1, 1), server.limits());
    }
  }

  @Test
  void shouldReadOnePageAtATimeWhenListsAreMany() throws Exception {
    try (FakeApiServer server = new FakeApiServer(40, number -> large(number, 250_000));
        KubernetesClient client = client(server)) {
      List<CompletableFuture<List<String>>> lists = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        lists.add(CompletableFuture.supplyAsync(() -> list(client), Thread::startVirtualThread));
      }
      for (CompletableFuture<List<String>> read : lists) {
        assertEquals(uids(40), read.get(60, TimeUnit.SECONDS));
      }
      assertTrue(server.limits().stream().filter(limit -> limit > 7).count() < 10);
      // The server may still write a cancelled page while it sends the next one.
      assertTrue(server.maxConcurrentPages() <= 2, () -> server.maxConcurrentPages() + " at once");
    }
  }

  @Test
  void shouldSendTheNextPageWhenOneIsCancelled() throws Exception {
    CountDownLatch requested = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    try (FakeApiServer server = new FakeApiServer(1, number -> large(number, 10));
        KubernetesClient client = client(server)) {
      server.beforeEachPage(
          () -> {
            if (requested.getCount() > 0) {
              requested.countDown();
              awaitQuietly(cancelled);
            }
          });
      CompletableFuture<HttpResponse<byte[]>> hanging = page(client, server);
      assertTrue(requested.await(60, TimeUnit.SECONDS));
      CompletableFuture<HttpResponse<byte[]>> next = page(client, server);
      assertEquals(1, server.limits().size());
      hanging.cancel(true);
      assertEquals(200, next.get(60, TimeUnit.SECONDS).code());
      cancelled.countDown();
    }
  }

  @Test
  void shouldPropagateAnError() throws Exception {
    try (FakeApiServer server = new FakeApiServer(0, number -> "");
        KubernetesClient client = client(server)) {
      HttpClient http = client.getHttpClient();
      CompletableFuture<HttpResponse<byte[]>> refused =
          http.sendAsync(
              http.newHttpRequestBuilder().uri("http://127.0.0.1:1/?limit=5").build(),
              byte[].class);
      assertTrue(refused.handle((read, failure) -> failure != null).get(60, TimeUnit.SECONDS));
      assertEquals(200, page(client, server).get(60, TimeUnit.SECONDS).code());
    }
  }

  private static CompletableFuture<HttpResponse<byte[]>> page(
      KubernetesClient client, FakeApiServer server) {
    HttpClient http = client.getHttpClient();
    return http.sendAsync(
        http.newHttpRequestBuilder().uri(server.address() + "/apis/x?limit=5").build(),
        byte[].class);
  }

  private static List<String> list(KubernetesClient client) {
    List<String> uids = new ArrayList<>();
    String next = null;
    do {
      next = page(client, next, uids);
    } while (next != null && !next.isEmpty());
    return uids;
  }

  private static @Nullable String page(
      KubernetesClient client, @Nullable String from, List<String> uids) {
    KubernetesResourceList<AckTask> page =
        client
            .resources(AckTask.class)
            .inAnyNamespace()
            .list(new ListOptionsBuilder().withLimit(500L).withContinue(from).build());
    page.getItems().forEach(task -> uids.add(task.getMetadata().getUid()));
    return page.getMetadata().getContinue();
  }

  private static List<String> uids(int count) {
    return IntStream.range(0, count).mapToObj(number -> "u" + number).toList();
  }

  private static String large(int number, int size) {
    return FakeApiServer.task(
        number, 1, ", \"annotations\": {\"note\": \"" + "x".repeat(size) + "\"}");
  }

  private static KubernetesClient client(FakeApiServer server) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(Config.empty())
                .withMasterUrl(server.address().toString())
                .withRequestRetryBackoffLimit(0)
                .build())
        .withHttpClientFactory(new PagedHttpClientFactory(new JdkHttpClientFactory(), HEAP))
        .build();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
