package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The mock fences writes like the API server; otherwise tests of the operator are unreliable. */
final class FencedApiServerTest {
  private final FencedApiServer server = new FencedApiServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldStoreTheStatusOfThePresentVersion() {
    AckTask read = create();

    write(read);

    assertEquals(AckTasks.failed().status(), stored(read).getStatus());
  }

  @Test
  void shouldRefuseTheStatusOfAnOlderVersion() {
    AckTask read = create();
    write(read);

    assertEquals(409, codeOf(() -> write(read)));
  }

  @Test
  void shouldRefuseTheStatusOfARecreatedObject() {
    AckTask read = create();

    read.getMetadata().setResourceVersion(null);
    read.getMetadata().setUid("another");

    assertEquals(409, codeOf(() -> write(read)));
  }

  private AckTask create() {
    return server.client().resource(AckTasks.submitted().build()).create();
  }

  private AckTask stored(AckTask task) {
    return server.client().resource(task).get();
  }

  private void write(AckTask read) {
    AckTask written = AckTasks.failed().build();
    written.setMetadata(read.getMetadata());
    server
        .client()
        .raw(path(read), "PUT", server.client().getKubernetesSerialization().asJson(written));
  }

  private static String path(AckTask task) {
    return "/apis/acktask.dev/v1alpha1/namespaces/%s/acktasks/%s/status"
        .formatted(task.getMetadata().getNamespace(), task.getMetadata().getName());
  }

  private static int codeOf(Runnable write) {
    return assertThrows(KubernetesClientException.class, write::run).getCode();
  }
}
