package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.DiscoveryMetadata;
import dev.acktask.operator.api.v1alpha1.DiscoveryReason;
import dev.acktask.operator.discovery.ClusterProgress;
import dev.acktask.operator.discovery.CreationPlan;
import dev.acktask.operator.discovery.DiscoveryFindings.Failure;
import dev.acktask.operator.discovery.DiscoverySettings;
import dev.acktask.operator.discovery.ObjectNames;
import dev.acktask.operator.discovery.SelectedTasks;
import dev.acktask.operator.discovery.TaskCounts;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation.Created;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation.Exists;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation.NotLeader;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation.Refused;
import dev.acktask.operator.task.ListedTask;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates the AckTasks for the swept clusters of a discovery. What failed is tried again with the
 * next sweep, under the same name.
 */
final class TaskCreation {
  private final KnownAckTasks known;
  private final AckTaskCreator creator;
  private final FinishedAckTasks finished;
  private final MaintenanceLabels maintenance;
  private final Clock clock;

  TaskCreation(
      KnownAckTasks known, AckTaskCreator creator, MaintenanceLabels maintenance, Clock clock) {
    this.known = known;
    this.creator = creator;
    this.finished = new FinishedAckTasks(known, creator, clock);
    this.maintenance = maintenance;
    this.clock = clock;
  }

  /** What became of the missing tasks of one cluster. */
  private static final class Batch {
    private final List<String> existing;
    private int waiting;
    private boolean isStopped;
    private @Nullable Failure failure;

    Batch(List<String> existing) {
      this.existing = new ArrayList<>(existing);
    }
  }

  /** Handles all lists that have come since the last call. */
  void handle(AckTaskFactory factory, DiscoveryState state, SweepInbox inbox) {
    for (ClusterKey cluster : inbox.unhandled()) {
      inbox
          .take(cluster)
          .ifPresent(swept -> handle(new Job(factory, state, inbox, cluster), swept));
    }
    maintenance.add(factory, inbox);
  }

  /** The work for one cluster. */
  private record Job(
      AckTaskFactory factory, DiscoveryState state, SweepInbox inbox, ClusterKey cluster) {
    String namespace() {
      return factory.discovery().getNamespace();
    }

    String label() {
      return ObjectNames.discoveryLabel(factory.discovery().getName());
    }
  }

  private void handle(Job job, SelectedTasks swept) {
    DiscoverySettings settings = job.factory.settings();
    ClusterProgress before = job.state.progress(job.cluster);
    CreationPlan plan = CreationPlan.of(swept, before, task -> isPresent(job.cluster, task));
    Batch batch = new Batch(plan.present());
    ClusterProgress after = before;
    if (!settings.options().createsTasks()) {
      batch.isStopped = true;
    } else if (!job.state.hasRoomFor(job.cluster)) {
      batch.failure =
          Failure.ofCreation(
              job.cluster.clusterId(),
              DiscoveryReason.TOO_MANY_CLUSTERS,
              "A discovery creates AckTasks for at most "
                  + DiscoveryState.MAX_WATERMARKS
                  + " clusters. Use several with spec.clusters.");
    } else {
      create(job, plan, batch);
      Instant oldest = clock.instant().minus(settings.selection().since());
      after = before.after(swept, batch.existing, oldest);
      job.state.advance(job.cluster, after);
      job.state.addGivenUp(before.givenUp(swept, batch.existing, after));
    }
    ClusterProgress progress = after;
    TaskCounts counts =
        TaskCounts.of(swept, task -> progress.isDone(task) || isPresent(job.cluster, task));
    job.state.addHandled(
        job.cluster,
        new DiscoveryState.Handled(swept.listed(), counts, batch.waiting, batch.failure));
  }

  private boolean isPresent(ClusterKey cluster, ListedTask task) {
    return known.find(cluster.connection(), task.task()).isPresent();
  }

  private void create(Job job, CreationPlan plan, Batch batch) {
    if (plan.missing().isEmpty()) {
      return;
    }
    int room = job.factory.settings().limit() - known.count(job.namespace(), job.label());
    if (plan.urgent() > room) {
      int needed = plan.urgent() - Math.max(0, room);
      room += finished.remove(job.namespace(), job.label(), needed);
    }
    for (ListedTask task : plan.missing()) {
      if (room <= 0) {
        batch.waiting++;
      } else if (!batch.isStopped && create(job, task, batch)) {
        room--;
      }
    }
  }

  /** True if an AckTask was created. */
  private boolean create(Job job, ListedTask task, Batch batch) {
    ClusterKey cluster = job.cluster;
    if (!known.reserve(cluster.connection(), task.task(), job.namespace(), job.label())) {
      return false; // another discovery creates it; the next sweep shows whether it has
    }
    switch (attempt(job, task)) {
      case Created created -> {
        job.state.addCreated(created.task().getMetadata().getName());
        batch.existing.add(task.task().taskId());
        plan(job, task).ifPresent(plan -> maintenance.created(created.task(), plan));
        return true;
      }
      case Exists exists -> {
        if (known.matches(exists.task(), cluster.connection(), task.task())) {
          batch.existing.add(task.task().taskId());
        } else {
          known.release(cluster.connection(), task.task());
          fail(job, batch, DiscoveryReason.CREATION_REFUSED, taken(exists));
        }
      }
      case Refused refused -> {
        known.release(cluster.connection(), task.task());
        batch.isStopped = refused.isOfNamespace();
        fail(job, batch, refused.reason(), refused.message());
      }
      case NotLeader notLeader -> {
        known.release(cluster.connection(), task.task());
        batch.isStopped = true;
      }
    }
    return false;
  }

  /** A name that is taken by the AckTask of another task or connection gets a hash. */
  private Creation attempt(Job job, ListedTask task) {
    ClusterKey cluster = job.cluster;
    String startedBy = plan(job, task).isPresent() ? DiscoveryMetadata.MAINTENANCE : null;
    String name = ObjectNames.of(task.task(), cluster.connection());
    Creation first = creator.create(job.factory.create(name, cluster, task, startedBy));
    return first instanceof Exists exists
            && !known.matches(exists.task(), cluster.connection(), task.task())
        ? creator.create(
            job.factory.create(
                ObjectNames.unique(task.task(), cluster.connection()), cluster, task, startedBy))
        : first;
  }

  private static Optional<String> plan(Job job, ListedTask task) {
    return job.inbox.plan(job.cluster.connection(), task.task().taskId());
  }

  private static void fail(Job job, Batch batch, DiscoveryReason reason, String message) {
    if (batch.failure == null) {
      batch.failure = Failure.ofCreation(job.cluster.clusterId(), reason, message);
    }
  }

  private static String taken(Exists exists) {
    return "The name "
        + exists.task().getMetadata().getName()
        + " is taken by an AckTask of another task. Delete or rename it.";
  }
}
