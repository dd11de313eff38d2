package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.kubernetes.CachedAckTask;
import dev.acktask.operator.kubernetes.FieldManagers;
import dev.acktask.operator.kubernetes.WriteResult;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** A store with one object that rejects conflicting writes like the API server. */
public final class FakeAckTaskStore implements AckTaskStore {
  public final List<AckTaskStatus> written = new ArrayList<>();
  public int attempts;
  public int reads;
  public String createdAt = "2026-01-02T03:04:05Z";
  private AckTask stored;
  private int version;
  private Predicate<AckTaskStatus> schema = status -> true;
  private Runnable beforeWrite = () -> {};
  private Runnable afterWrite = () -> {};
  private BiConsumer<AckTaskStatus, AckTaskStatus> inspector = (before, after) -> {};

  /** Creates the object without a status. */
  public AckTask create(String uid, AckTaskSpec spec) {
    stored = object(uid, 1, spec, null);
    return current();
  }

  /** Sets the CRD's default status. */
  public void startFrom(AckTaskStatus initial) {
    stored.setStatus(initial);
  }

  /** Edits the spec. */
  public AckTask edit(AckTaskSpec spec) {
    List<ManagedFieldsEntry> managers = stored.getMetadata().getManagedFields();
    Map<String, String> annotations = stored.getMetadata().getAnnotations();
    stored =
        object(
            stored.getMetadata().getUid(),
            stored.getMetadata().getGeneration() + 1,
            spec,
            stored.getStatus());
    stored.getMetadata().setManagedFields(managers);
    stored.getMetadata().setAnnotations(annotations);
    return current();
  }

  /** Writes the status as another client than the operator. */
  public void forge(AckTaskStatus status) {
    stored.setStatus(status);
    touch();
    wrote("kubectl", version);
  }

  /** Edits a label. */
  public void touch() {
    stored.getMetadata().setResourceVersion(Integer.toString(++version));
  }

  /** Sets the annotation that requests a refresh. */
  public void requestRefresh(String value) {
    stored.getMetadata().setAnnotations(Map.of(AckTask.REFRESH_REQUESTED_AT, value));
    touch();
  }

  /** Makes the store reject each status that {@code accepted} refuses, with 422. */
  public void accept(Predicate<AckTaskStatus> accepted) {
    schema = accepted;
  }

  public boolean isEmpty() {
    return stored == null;
  }

  public void delete() {
    stored = null;
  }

  /** Runs before each write takes effect. */
  public void beforeEachWrite(Runnable meanwhile) {
    beforeWrite = meanwhile;
  }

  /** Runs after each write takes effect and before it returns. */
  public void afterEachWrite(Runnable meanwhile) {
    afterWrite = meanwhile;
  }

  /** Receives the old and new status of each write of the operator. */
  public void inspect(BiConsumer<AckTaskStatus, AckTaskStatus> inspecting) {
    inspector = inspecting;
  }

  /** The whole object. */
  public AckTask current() {
    return copy(stored);
  }

  /** {@code task} as in the informer's cache. */
  public static AckTask asWatched(AckTask task) {
    return CachedAckTask.prune(copy(task));
  }

  private static AckTask copy(AckTask task) {
    AckTask copy = new AckTask();
    copy.setMetadata(new ObjectMetaBuilder(task.getMetadata()).build());
    copy.setSpec(task.getSpec());
    copy.setStatus(task.getStatus());
    return copy;
  }

  @Override
  public Optional<AckTask> read(AckTask task) {
    reads++;
    return stored == null ? Optional.empty() : Optional.of(current());
  }

  @Override
  public WriteResult write(AckTask read, AckTaskStatus status) {
    attempts++;
    beforeWrite.run();
    if (stored == null) {
      return new WriteResult.NotFound();
    }
    if (!isCurrent(read)) {
      return new WriteResult.Conflict();
    }
    if (!schema.test(status)) {
      return new WriteResult.Invalid(new KubernetesClientException("invalid", 422, null));
    }
    inspector.accept(stored.getStatus(), status);
    stored.setStatus(status);
    touch();
    wrote(FieldManagers.OPERATOR, version);
    written.add(status);
    afterWrite.run();
    return new WriteResult.Written();
  }

  @Override
  public void delete(AckTask read) {
    beforeWrite.run();
    if (stored != null && isCurrent(read)) {
      stored = null;
    }
  }

  private boolean isCurrent(AckTask read) {
    ObjectMeta is = stored.getMetadata();
    return is.getUid().equals(read.getMetadata().getUid())
        && is.getResourceVersion().equals(read.getMetadata().getResourceVersion());
  }

  /** Managed fields as the API server records them; each write has a separate second. */
  private void wrote(String manager, int second) {
    List<ManagedFieldsEntry> entries = new ArrayList<>(stored.getMetadata().getManagedFields());
    entries.removeIf(entry -> entry.getManager().equals(manager));
    entries.add(
        new ManagedFieldsEntryBuilder()
            .withManager(manager)
            .withOperation("Update")
            .withSubresource("status")
            .withTime(Instant.EPOCH.plusSeconds(second).toString())
            .build());
    stored.getMetadata().setManagedFields(entries);
  }

  private AckTask object(String uid, long generation, AckTaskSpec spec, AckTaskStatus status) {
    return AckTasks.submitted()
        .uid(uid)
        .generation(generation)
        .resourceVersion(Integer.toString(++version))
        .created(createdAt)
        .spec(spec)
        .status(status)
        .build();
  }
}
