package dev.acktask.operator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.kubernetes.ApiServerFailure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EnableKubernetesMockClient
final class ResourceVersionListerTest {
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
    assertEquals(
        Map.of(ResourceVersions.ALL_NAMESPACES, Map.of("u-1", "7", "u-2", "8")),
        versions(List.of()).read(() -> {}).versions());
    assertTrue(server.takeRequest().getHeader("Accept").contains("as=PartialObjectMetadataList"));
  }

  @Test
  void shouldReadEachNamespaceWhenOnlySomeAreWatched() {
    server.expect().get().withPath(path("team-a")).andReturn(200, page("u-1", "7", "")).once();
    server.expect().get().withPath(path("team-b")).andReturn(200, page("u-2", "8", "")).once();
    assertEquals(
        Map.of("team-a", Map.of("u-1", "7"), "team-b", Map.of("u-2", "8")),
        versions(List.of("team-a", "team-b")).read(() -> {}).versions());
  }

  @Test
  @Tag("F73")
  void shouldFailWhenThePageAfterTheFirstIsGone() {
    server.expect().get().withPath(ALL).andReturn(200, page("u-1", "7", "old")).once();
    server.expect().get().withPath(ALL + "&continue=old").andReturn(410, "{}").once();
    assertNotListed(versions(List.of()).read(() -> {}));
  }

  @Test
  @Tag("F71")
  void shouldFailWhenListingIsForbidden() {
    server.expect().get().withPath(ALL).andReturn(403, "{}").once();
    assertNotListed(versions(List.of()).read(() -> {}));
  }

  @Test
  @Tag("F75")
  void shouldFailWhenTheApiServerDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        KubernetesClient other =
            new KubernetesClientBuilder()
                .withConfig(
                    new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + silent.getLocalPort())
                        .build())
                .build()) {
      Duration timeout = Duration.ofMillis(200);
      assertNotListed(
          new ResourceVersionLister(other, AckTask.class, List.of(), timeout).read(() -> {}));
    }
  }

  /** A client with the certificate authorities from before a rotation. */
  @Test
  void shouldFindThatTheServerIsNotTrusted(@TempDir Path folder) throws Exception {
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder.resolve("keys.p12"))));
    https.start();
    try (KubernetesClient other =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("https://127.0.0.1:" + https.getAddress().getPort())
                    .build())
            .build()) {
      ResourceVersions.State state =
          new ResourceVersionLister(other, AckTask.class, List.of(), Duration.ofSeconds(30))
              .read(() -> {});
      assertEquals(
          List.of(ApiServerFailure.Kind.UNTRUSTED),
          state.failures().values().stream().map(ApiServerFailure::kind).toList());
    } finally {
      https.stop(0);
    }
  }

  private static SSLContext selfSigned(Path store) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-keyalg",
                "RSA",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertEquals(0, keytool.waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void shouldFailWhenTheResponseIsNotAList() {
    server.expect().get().withPath(ALL).andReturn(200, "<html>").once();
    assertNotListed(versions(List.of()).read(() -> {}));
  }

  @Test
  @Tag("F71")
  void shouldReadTheOthersAndNameTheOneWhenANamespaceIsForbidden() {
    server.expect().get().withPath(path("team-a")).andReturn(200, page("u-1", "7", "")).once();
    server.expect().get().withPath(path("team-b")).andReturn(403, "{}").once();
    ResourceVersions.State state = versions(List.of("team-a", "team-b")).read(() -> {});
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
    server.expect().get().withPath(path("team-a")).andReturn(200, page("u-1", "7", "")).always();
    server.expect().get().withPath(path("team-b")).andReturn(200, page("u-2", "8", "")).always();
    server.expect().get().withPath(watch("team-a")).andReturn(200, "").always();
    server.expect().get().withPath(watch("team-b")).andReturn(403, "{}").once();
    ResourceVersionLister versions = versions(List.of("team-a", "team-b"));
    ResourceVersions.State state = versions.read(() -> {});
    assertEquals(Map.of("team-a", Map.of("u-1", "7")), state.versions());
    assertEquals(Set.of("team-a"), state.listed());
    assertEquals(
        Map.of("team-b", new ApiServerFailure(ApiServerFailure.Kind.FORBIDDEN, "watch, HTTP 403")),
        state.failures());
    server.expect().get().withPath(watch("team-b")).andReturn(200, "").always();
    assertEquals(Set.of("team-a", "team-b"), versions.read(() -> {}).listed());
  }

  @Test
  @Tag("F71")
  void shouldNameTheNamespaceThatLosesTheRightToBeWatched() {
    server.expect().get().withPath(path("team-a")).andReturn(200, page("u-1", "7", "")).always();
    server.expect().get().withPath(watch("team-a")).andReturn(200, "").times(2);
    ResourceVersionLister versions = versions(List.of("team-a"));
    assertEquals(Set.of("team-a"), versions.read(() -> {}).listed());
    assertFalse(versions.mayHaveChanged(() -> {}));
    server.expect().get().withPath(watch("team-a")).andReturn(403, "{}").always();
    assertTrue(versions.mayHaveChanged(() -> {}));
    assertEquals(Set.of("team-a"), versions.read(() -> {}).failures().keySet());
  }

  @Test
  void shouldAskOnlyTheWatchWhetherAnythingHasChanged() {
    server.expect().get().withPath(path("team-a")).andReturn(200, page("u-1", "7", "")).always();
    server.expect().get().withPath(watch("team-a")).andReturn(200, "").times(2);
    ResourceVersionLister versions = versions(List.of("team-a"));
    assertTrue(versions.mayHaveChanged(() -> {}), "nothing is known before the first list");
    versions.read(() -> {});
    assertFalse(versions.mayHaveChanged(() -> {}));
    server.expect().get().withPath(watch("team-a")).andReturn(200, "{\"type\": \"X\"}").always();
    int requests = server.getRequestCount();
    assertTrue(versions.mayHaveChanged(() -> {}));
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
      ResourceVersions.State state =
          new ResourceVersionLister(other, AckTask.class, many, Duration.ofSeconds(2))
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

    ResourceVersions.State state =
        listerWithShortTimeout(List.of("team-a", "team-b", "team-c")).read(() -> {});

    assertEquals(Set.of("team-b", "team-c"), state.listed());
    assertEquals(Set.of("team-a"), state.failures().keySet());
  }

  @Test
  void shouldReadTheOthersInTheNextRoundWhenTheListsOfTwoNamespacesNeverEnd() {
    silent("team-a");
    silent("team-b");
    listable("team-c");
    listable("team-d");
    ResourceVersionLister versions =
        listerWithShortTimeout(List.of("team-a", "team-b", "team-c", "team-d"));

    assertEquals(Set.of(), versions.read(() -> {}).listed());
    ResourceVersions.State second = versions.read(() -> {});

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
    return new ResourceVersionLister(client, AckTask.class, namespaces, Duration.ofSeconds(4));
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

  private static void assertNotListed(ResourceVersions.State state) {
    assertEquals(Map.of(), state.versions());
    assertEquals(Set.of(ResourceVersions.ALL_NAMESPACES), state.failures().keySet());
    assertEquals(Set.of(), state.listed());
  }

  private ResourceVersionLister versions(List<String> namespaces) {
    return new ResourceVersionLister(client, AckTask.class, namespaces, Duration.ofSeconds(30));
  }

  private static String path(String namespace) {
    return "/apis/acktask.dev/v1alpha1/namespaces/" + namespace + "/acktasks?limit=500";
  }

  private static String watch(String namespace) {
    return "/apis/acktask.dev/v1alpha1/namespaces/"
        + namespace
        + "/acktasks?watch=true&timeoutSeconds=1&resourceVersion=9";
  }

  private static String page(String uid, String version, String next) {
    return """
    {"kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1",
     "metadata": {"resourceVersion": "9", "continue": "%s"},
     "items": [{"metadata": {"name": "x", "uid": "%s", "resourceVersion": "%s"}}]}\
    """
        .formatted(next, uid, version);
  }
}
