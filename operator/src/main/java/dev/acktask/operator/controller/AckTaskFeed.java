package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes each change of an AckTask to a listener, once the informer's cache has it. What the
 * listener throws is logged: the informer and the polls must go on. Causes no reconcile.
 */
final class AckTaskFeed extends AbstractEventSource<AckTask, AckTask>
    implements ResourceEventAware<AckTask> {
  private static final Logger log = LoggerFactory.getLogger(AckTaskFeed.class);

  private volatile Consumer<List<AckTask>> listener = versions -> {};

  AckTaskFeed() {
    super(AckTask.class, "feed");
  }

  /**
   * Sets the listener.
   *
   * @param changed receives the object before and after each change; one if it was created or
   *     deleted. Must not block
   */
  void onChange(Consumer<List<AckTask>> changed) {
    listener = changed;
  }

  @Override
  public void onResourceCreated(AckTask task) {
    pass(List.of(task));
  }

  @Override
  public void onResourceUpdated(AckTask task, AckTask before) {
    pass(List.of(before, task));
  }

  @Override
  public void onResourceDeleted(AckTask task) {
    pass(List.of(task));
  }

  @Override
  public Set<AckTask> getSecondaryResources(AckTask task) {
    return Set.of();
  }

  private void pass(List<AckTask> versions) {
    try {
      listener.accept(versions);
    } catch (Throwable unexpected) {
      log.error("Unexpected failure in a listener of AckTasks; they are followed on", unexpected);
    }
  }
}
