package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.polling.SweepResult;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Causes a reconcile of a discovery for each result of its sweeps, and reports its deletion. */
final class DiscoveryEventSource extends AbstractEventSource<SweepResult, AckTaskDiscovery>
    implements ResourceEventAware<AckTaskDiscovery> {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryEventSource.class);

  private final Consumer<ResourceID> deleted;

  /**
   * @param deleted receives each deleted object
   */
  DiscoveryEventSource(Consumer<ResourceID> deleted) {
    super(SweepResult.class, "sweeps");
    this.deleted = deleted;
  }

  @Override
  public void onResourceDeleted(AckTaskDiscovery object) {
    guard(() -> deleted.accept(ResourceID.fromResource(object)));
  }

  @Override
  public Set<SweepResult> getSecondaryResources(AckTaskDiscovery object) {
    return Set.of();
  }

  /** Causes a reconcile of the object with this name, if it exists. */
  void raiseEvent(ResourceID id) {
    if (isRunning()) { // else the start reconciles all objects
      guard(() -> getEventHandler().handleEvent(new Event(id)));
    }
  }

  private static void guard(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable unexpected) { // the informer and the sweeps must go on
      log.error("Unexpected failure in the events of discoveries; they continue", unexpected);
    }
  }
}
