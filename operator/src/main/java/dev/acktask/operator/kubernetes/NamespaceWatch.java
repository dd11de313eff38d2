package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the labels of all namespaces. The API server sends their metadata only. */
public final class NamespaceWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NamespaceWatch.class);

  private final KubernetesClient client;
  private final Runnable exit;
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable SharedIndexInformer<Namespace> informer;

  /**
   * @param client from {@link KubernetesClients#forNamespaces}
   * @param exit ends the process at once; called if the watch ends by itself
   */
  public NamespaceWatch(KubernetesClient client, Runnable exit) {
    this.client = client;
    this.exit = exit;
  }

  /** Adds a listener that is called after each change of labels. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Returns once all namespaces are listed, or the operator turns out not to have the right; then
   * no labels are known.
   *
   * @throws IllegalStateException if they are not listed in time
   */
  public void start(Duration timeout) {
    if (!isListed()) {
      log.warn(
          "The operator may not list namespaces; allowedNamespaces with a selector allow none");
      return;
    }
    SharedIndexInformer<Namespace> started =
        client.namespaces().runnableInformer(0).addEventHandler(new Changes());
    informer = started;
    try {
      started.start().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new IllegalStateException("the namespaces cannot be listed", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    started
        .stopped()
        .whenComplete(
            (end, failure) -> {
              if (failure != null) {
                exit.run();
              }
            });
  }

  /** The labels of the namespace; empty if they are not known. */
  public Optional<Map<String, String>> labels(String namespace) {
    return Optional.ofNullable(informer)
        .map(started -> started.getStore().getByKey(namespace))
        .map(NamespaceWatch::labels);
  }

  @Override
  public void close() {
    SharedIndexInformer<Namespace> started = informer;
    if (started != null) {
      started.stop();
    }
    client.close();
  }

  private boolean isListed() {
    try {
      client.namespaces().list(new ListOptionsBuilder().withLimit(1L).build());
      return true;
    } catch (KubernetesClientException failure) {
      if (failure.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw failure;
      }
      return false;
    }
  }

  private static Map<String, String> labels(Namespace namespace) {
    Map<String, String> labels = namespace.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  private final class Changes implements ResourceEventHandler<Namespace> {
    @Override
    public void onAdd(Namespace namespace) {
      changed();
    }

    @Override
    public void onUpdate(Namespace before, Namespace namespace) {
      if (!Objects.equals(labels(before), labels(namespace))) {
        changed();
      }
    }

    @Override
    public void onDelete(Namespace namespace, boolean isFinalStateUnknown) {
      changed();
    }

    private void changed() {
      listeners.forEach(Runnable::run);
    }
  }
}
