package dev.acktask.operator.liveness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
final class KubernetesVersionsTest {
  private static final String ALL = "/apis/acktask.dev/v1alpha1/acktasks?limit=500";

  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void shouldReadAllPagesAndOnlyMetadata() throws InterruptedException {
    server.expect().get().withPath(ALL).andReturn(200, page("u-1", "7", "p 2")).once();
    server
        .expect()
        .get()
        .withPath(ALL + "&continue=p+2")
        .andReturn(200, page("u-2", "8", ""))
        .once();
    assertEquals(Optional.of(Map.of("u-1", "7", "u-2", "8")), versions(List.of()).read(() -> {}));
    assertTrue(server.takeRequest().getHeader("Accept").contains("as=PartialObjectMetadataList"));
  }

  @Test
  void shouldReadEachNamespaceWhenOnlySomeAreWatched() {
    server.expect().get().withPath(path("team-a")).andReturn(200, page("u-1", "7", "")).once();
    server.expect().get().withPath(path("team-b")).andReturn(200, page("u-2", "8", "")).once();
    assertEquals(
        Optional.of(Map.of("u-1", "7", "u-2", "8")),
        versions(List.of("team-a", "team-b")).read(() -> {}));
  }

  @Test
  void f73ShouldSayNothingWhenThePageAfterTheFirstIsGone() {
    server.expect().get().withPath(ALL).andReturn(200, page("u-1", "7", "old")).once();
    server.expect().get().withPath(ALL + "&continue=old").andReturn(410, "{}").once();
    assertEquals(Optional.empty(), versions(List.of()).read(() -> {}));
  }

  @Test
  void f71ShouldSayNothingWhenListingIsForbidden() {
    server.expect().get().withPath(ALL).andReturn(403, "{}").once();
    assertEquals(Optional.empty(), versions(List.of()).read(() -> {}));
  }

  @Test
  void f75ShouldSayNothingWhenTheApiServerDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        KubernetesClient other =
            new KubernetesClientBuilder()
                .withConfig(
                    new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + silent.getLocalPort())
                        .build())
                .build()) {
      Duration timeout = Duration.ofMillis(200);
      assertEquals(
          Optional.empty(),
          new KubernetesVersions(other, AckTask.class, List.of(), timeout).read(() -> {}));
    }
  }

  @Test
  void shouldSayNothingWhenTheAnswerIsNoList() {
    server.expect().get().withPath(ALL).andReturn(200, "<html>").once();
    assertEquals(Optional.empty(), versions(List.of()).read(() -> {}));
  }

  private KubernetesVersions versions(List<String> namespaces) {
    return new KubernetesVersions(client, AckTask.class, namespaces, Duration.ofSeconds(30));
  }

  private static String path(String namespace) {
    return "/apis/acktask.dev/v1alpha1/namespaces/" + namespace + "/acktasks?limit=500";
  }

  private static String page(String uid, String version, String next) {
    return """
        {"kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1",
         "metadata": {"resourceVersion": "9", "continue": "%s"},
         "items": [{"metadata": {"name": "x", "uid": "%s", "resourceVersion": "%s"}}]}"""
        .formatted(next, uid, version);
  }
}
