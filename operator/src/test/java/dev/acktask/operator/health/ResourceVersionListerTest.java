package dev.acktask.operator.health;

import static dev.acktask.operator.health.ListResponses.page;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Map.of(ResourceVersionReader.ALL_NAMESPACES, Map.of("u-1", "7", "u-2", "8")),
        lister().read(() -> {}).versions());
    assertTrue(server.takeRequest().getHeader("Accept").contains("as=PartialObjectMetadataList"));
  }

  /** Else the deletion of the last object would never be missed. */
  @Test
  void shouldReadAnEmptyListWithoutItems() {
    String nothing =
        """
        {"kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1",
          "metadata": {"resourceVersion": "9"}, "items": null}
        """;
    server.expect().get().withPath(ALL).andReturn(200, nothing).once();

    assertEquals(
        Map.of(ResourceVersionReader.ALL_NAMESPACES, Map.of()), lister().read(() -> {}).versions());
  }

  /** Else the objects of other shards would count as missing in the cache. */
  @Test
  void shouldSelectTheSameObjectsOnEveryPageAndInTheShortWatches() {
    // given
    String selected = "&labelSelector=acktask.dev%2Fshard%21%3Da";
    String watch = "/apis/acktask.dev/v1alpha1/acktasks?watch=true&timeoutSeconds=1";
    server.expect().get().withPath(ALL + selected).andReturn(200, page("u-1", "7", "p 2")).once();
    server
        .expect()
        .get()
        .withPath(ALL + "&continue=p+2" + selected)
        .andReturn(200, page("u-2", "8", ""))
        .once();
    server
        .expect()
        .get()
        .withPath(watch + "&resourceVersion=9" + selected)
        .andReturn(200, "")
        .times(2);
    ResourceVersionLister lister =
        new ResourceVersionLister(
            client, AckTask.class, List.of(), "acktask.dev/shard!=a", Duration.ofSeconds(30));

    // when
    ResourceVersionReader.State state = lister.read(() -> {});

    // then
    assertEquals(
        Map.of(ResourceVersionReader.ALL_NAMESPACES, Map.of("u-1", "7", "u-2", "8")),
        state.versions());
    assertFalse(lister.mayHaveChanged(() -> {}));
  }

  @Test
  @Tag("F73")
  void shouldFailWhenThePageAfterTheFirstIsGone() {
    server.expect().get().withPath(ALL).andReturn(200, page("u-1", "7", "old")).once();
    server.expect().get().withPath(ALL + "&continue=old").andReturn(410, "{}").once();
    assertNotListed(lister().read(() -> {}));
  }

  @Test
  @Tag("F71")
  void shouldFailWhenListingIsForbidden() {
    server.expect().get().withPath(ALL).andReturn(403, "{}").once();
    assertNotListed(lister().read(() -> {}));
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
          new ResourceVersionLister(other, AckTask.class, List.of(), "", timeout).read(() -> {}));
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
      ResourceVersionReader.State state =
          new ResourceVersionLister(other, AckTask.class, List.of(), "", Duration.ofSeconds(30))
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
    assertNotListed(lister().read(() -> {}));
  }

  private static void assertNotListed(ResourceVersionReader.State state) {
    assertEquals(Map.of(), state.versions());
    assertEquals(Set.of(ResourceVersionReader.ALL_NAMESPACES), state.failures().keySet());
    assertEquals(Set.of(), state.listed());
  }

  private ResourceVersionLister lister() {
    return new ResourceVersionLister(client, AckTask.class, List.of(), "", Duration.ofSeconds(30));
  }
}
