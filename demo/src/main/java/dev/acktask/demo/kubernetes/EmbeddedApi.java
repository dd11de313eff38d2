package dev.acktask.demo.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A Kubernetes API inside this process. It stores objects, keeps status and spec apart and serves
 * watches; it neither validates nor fills in defaults, and kubectl cannot talk to it.
 */
public final class EmbeddedApi implements KubernetesApi {
  private final Path crds;
  private final Path kubeconfig;
  private final KubernetesMockServer server;
  private final KubernetesClient client;

  /**
   * @param root of the repository
   * @param folder where the kubeconfig for the operator may be written
   */
  public EmbeddedApi(Path root, Path folder) {
    this.crds = root.resolve("crds");
    this.kubeconfig = folder.resolve("kubeconfig");
    // Without it the JVM warns, on the user's screen, of the memory access that Netty would use.
    System.setProperty("io.netty.noUnsafe", "true");
    this.server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(),
            false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    // From an empty configuration: nothing of the user's own context, proxy or token.
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(url()).withNamespace(NAMESPACE).build();
    this.client = new KubernetesClientBuilder().withConfig(config).build();
  }

  /** The CRD comes first: with it the server keeps status and spec of its objects apart. */
  @Override
  public void open() throws IOException {
    for (HasMetadata crd : Manifests.of(crds, client).objects()) {
      client.resource(crd).create();
    }
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: demo, cluster: {server: "%s"}}]
        users: [{name: demo, user: {}}]
        contexts: [{name: demo, context: {cluster: demo, user: demo, namespace: %s}}]
        current-context: demo
        """
            .formatted(url(), NAMESPACE));
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public Map<String, String> environment() {
    // The first leads to the server; the others keep variables of the user's shell from leading
    // away.
    return Map.of(
        "KUBECONFIG",
        kubeconfig.toString(),
        "KUBERNETES_MASTER",
        url(),
        "NO_PROXY",
        "127.0.0.1",
        "no_proxy",
        "127.0.0.1");
  }

  private String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /**
   * The server just ends with this process: its own shutdown waits for clients that were killed.
   */
  @Override
  public void close() {
    client.close();
  }
}
