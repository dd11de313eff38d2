package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The objects of one kind at an API server; see {@link FencedStatusWriter} for the writes.
 *
 * @param <P> the spec
 * @param <S> the status
 * @param <R> the kind
 */
public final class KubernetesStatusStore<P, S, R extends CustomResource<P, S>>
    implements StatusStore<R, S> {
  private final KubernetesClient client;
  private final FencedStatusWriter writer;
  private final Class<R> type;
  private final Supplier<R> create;

  /**
   * @param create an object without content
   */
  public KubernetesStatusStore(KubernetesClient client, Class<R> type, Supplier<R> create) {
    this.client = client;
    this.writer = new FencedStatusWriter(client);
    this.type = type;
    this.create = create;
  }

  @Override
  public Optional<R> read(R object) {
    ObjectMeta meta = object.getMetadata();
    var objects = client.resources(type);
    return Optional.ofNullable(
        meta.getNamespace() == null
            ? objects.withName(meta.getName()).get()
            : objects.inNamespace(meta.getNamespace()).withName(meta.getName()).get());
  }

  @Override
  public WriteResult write(R read, S status) {
    return writer.write(read, create.get(), status);
  }
}
