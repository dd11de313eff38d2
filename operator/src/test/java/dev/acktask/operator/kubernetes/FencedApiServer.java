package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.File;
import java.util.HashMap;
import java.util.Objects;
import java.util.logging.Logger;

/**
 * A mock API server with the CRDs of the operator. It keeps status and spec apart, and refuses
 * writes of outdated objects.
 */
public final class FencedApiServer implements AutoCloseable {
  private static final File CRDS = new File("../crds");

  private final FencingDispatcher dispatcher = new FencingDispatcher();
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);

  private final KubernetesClient client;

  public FencedApiServer() {
    server.init();
    client = server.createClient();
    for (File crd : Objects.requireNonNull(CRDS.listFiles((in, name) -> name.endsWith(".yaml")))) {
      client
          .resource(client.apiextensions().v1().customResourceDefinitions().load(crd).item())
          .create();
    }
  }

  public KubernetesClient client() {
    return client;
  }

  /** Number of status writes, including refused ones. */
  public int statusWrites() {
    return dispatcher.statusWrites();
  }

  /** The mock blocks if it writes to a watch at this moment; then it ends with the JVM. */
  @Override
  public void close() {
    client.close();
    try {
      server.destroy();
    } catch (IllegalStateException blocked) {
      Logger.getLogger(FencedApiServer.class.getName()).warning(blocked.toString());
    }
  }
}
