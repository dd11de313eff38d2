package dev.acktask.demo.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
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
 * watches. It permits everything, does not validate, does not set defaults, and kubectl cannot use
 * it.
 */
public final class EmbeddedApi implements KubernetesApi {
  private final Path crds;
  private final Path kubeconfig;
  private final KubernetesMockServer server;
  private final KubernetesClient client;

  /**
   * @param root of the repository
   * @param folder for the kubeconfig of the operator
   */
  public EmbeddedApi(Path root, Path folder) {
    this.crds = root.resolve("crds");
    this.kubeconfig = folder.resolve("kubeconfig");
    // Without it the JVM prints a warning about Netty's use of Unsafe on the user's screen.
    System.setProperty("io.netty.noUnsafe", "true");
    this.server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new PermittingDispatcher(), false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    // Starts from an empty configuration, without the context, proxy or token of the user.
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(url()).withNamespace(NAMESPACE).build();
    this.client = new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Creates the CRDs first: they make the server keep status and spec of their objects apart. */
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
    // KUBECONFIG names the server; the others override variables of the user's shell.
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

  /** Does not shut down the server: that would wait for killed clients. It ends with the JVM. */
  @Override
  public void close() {
    client.close();
  }
}
