package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.kubernetes.FencedStatusWriter;
import dev.acktask.operator.kubernetes.WriteResult;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** The AckTasks of an API server; see {@link FencedStatusWriter} for the writes. */
public final class KubernetesAckTaskStore implements AckTaskStore {
  private final KubernetesClient client;
  private final FencedStatusWriter writer;

  public KubernetesAckTaskStore(KubernetesClient client) {
    this.client = client;
    this.writer = new FencedStatusWriter(client);
  }

  @Override
  public Optional<AckTask> read(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    return Optional.ofNullable(
        client
            .resources(AckTask.class)
            .inNamespace(meta.getNamespace())
            .withName(meta.getName())
            .get());
  }

  @Override
  public WriteResult write(AckTask read, AckTaskStatus status) {
    return writer.write(read, new AckTask(), status);
  }

  @Override
  public void delete(AckTask read) {
    try {
      client.resource(read).lockResourceVersion().delete();
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw refused;
      }
    }
  }
}
