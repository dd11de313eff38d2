package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
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

/** One object behind a store that fences writes as the API server does. */
final class FakeAckTaskStore implements AckTaskStore {
  final List<AckTaskStatus> written = new ArrayList<>();
  int attempts;
  int reads;
  String createdAt = "2026-01-02T03:00:00Z";
  private AckTask stored;
  private int version;
  private Predicate<AckTaskStatus> schema = status -> true;
  private Runnable beforeWrite = () -> {};
  private Runnable afterWrite = () -> {};
  private BiConsumer<AckTaskStatus, AckTaskStatus> inspector = (before, after) -> {};

  /** Puts an object in, as a user would; its status starts anew. */
  AckTask create(String uid, AckTaskSpec spec) {
    stored = object(uid, 1, spec, null);
    return current();
  }

  /** What the CRD's default makes of an absent status. */
  void startFrom(AckTaskStatus initial) {
    stored.setStatus(initial);
  }

  /** Edits the spec, as a user would. */
  AckTask edit(AckTaskSpec spec) {
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

  /** Writes the status, as somebody else than the operator. */
  void forge(AckTaskStatus status) {
    stored.setStatus(status);
    touch();
    wrote("kubectl", version);
  }

  /** Edits a label, as a user would. */
  void touch() {
    stored.getMetadata().setResourceVersion(Integer.toString(++version));
  }

  /** Sets the annotation that asks for a fresh look, as a user would. */
  void requestRefresh(String value) {
    stored.getMetadata().setAnnotations(Map.of(AckTask.REFRESH_REQUESTED_AT, value));
    touch();
  }

  /** From now on only what {@code accepted} likes is stored; the rest is refused with 422. */
  void accept(Predicate<AckTaskStatus> accepted) {
    schema = accepted;
  }

  boolean isEmpty() {
    return stored == null;
  }

  void delete() {
    stored = null;
  }

  /** What happens between the decision and the arrival of each write. */
  void beforeEachWrite(Runnable meanwhile) {
    beforeWrite = meanwhile;
  }

  /** What happens between the arrival of each write and its answer. */
  void afterEachWrite(Runnable meanwhile) {
    afterWrite = meanwhile;
  }

  /** Sees each status that the operator stores, and the one that it takes the place of. */
  void inspect(BiConsumer<AckTaskStatus, AckTaskStatus> inspecting) {
    inspector = inspecting;
  }

  /** The whole object. */
  AckTask current() {
    return copy(stored);
  }

  /** {@code task} as an informer would hand it out. */
  static AckTask asWatched(AckTask task) {
    return Abridgement.of(copy(task));
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
  public Write write(AckTask read, AckTaskStatus status) {
    attempts++;
    beforeWrite.run();
    if (stored == null) {
      return new Write.Gone();
    }
    if (!isCurrent(read)) {
      return new Write.Conflict();
    }
    if (!schema.test(status)) {
      return new Write.Refused(new KubernetesClientException("invalid", 422, null));
    }
    inspector.accept(stored.getStatus(), status);
    stored.setStatus(status);
    touch();
    wrote(AckTaskController.FIELD_MANAGER, version);
    written.add(status);
    afterWrite.run();
    return new Write.Done();
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

  /** As the API server records it; each write at a second of its own. */
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
    AckTask task = new AckTask();
    task.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("upgrade")
            .withUid(uid)
            .withGeneration(generation)
            .withResourceVersion(Integer.toString(++version))
            .withCreationTimestamp(createdAt)
            .build());
    task.setSpec(spec);
    task.setStatus(status);
    return task;
  }
}
