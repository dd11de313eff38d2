package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.client.CustomResource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Writes a decision to the status of an object if it changed. On a conflict it decides again for
 * the current object.
 *
 * @param <R> the kind
 * @param <S> its status
 * @param <D> a decision
 */
public final class DecisionWriter<R extends CustomResource<?, S>, S, D> {
  /** Enough for a burst of edits; a failed reconcile is repeated. */
  private static final int MAX_ATTEMPTS = 10;

  private final StatusStore<R, S> store;
  private final Function<D, S> status;
  private final BiConsumer<R, D> written;
  private final BooleanSupplier isLeader;

  /**
   * @param status of a decision
   * @param written receives each written decision, with the object that it was made for
   * @param isLeader false once another replica may be the leader
   */
  public DecisionWriter(
      StatusStore<R, S> store,
      Function<D, S> status,
      BiConsumer<R, D> written,
      BooleanSupplier isLeader) {
    this.store = store;
    this.status = status;
    this.written = written;
    this.isLeader = isLeader;
  }

  /**
   * Writes the decision of {@code decide} for {@code object}.
   *
   * @param decide empty for an object whose status must not be written now
   * @return the decision in the status; empty if there is none, or the object is gone
   * @throws IllegalStateException when the object changes faster than it can be written, or another
   *     replica may be the leader
   */
  public Optional<D> write(R object, Function<R, Optional<D>> decide) {
    Optional<R> current = Optional.of(object);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<D> decision = current.flatMap(decide);
      if (current.isEmpty() || decision.isEmpty()) {
        return Optional.empty();
      }
      R read = current.get();
      S next = status.apply(decision.get());
      if (next.equals(read.getStatus())) {
        return decision;
      }
      switch (put(read, next)) {
        case WriteResult.Written stored -> {
          written.accept(read, decision.get());
          return decision;
        }
        case WriteResult.NotFound gone -> {
          return Optional.empty();
        }
        case WriteResult.Invalid invalid -> throw invalid.cause();
        case WriteResult.Conflict conflict ->
            current = store.read(object).filter(found -> isSame(object, found));
      }
    }
    throw new IllegalStateException("the object changes faster than its status can be written");
  }

  private WriteResult put(R read, S next) {
    if (!isLeader.getAsBoolean()) {
      throw new IllegalStateException("another replica may be the leader; nothing is written");
    }
    return store.write(read, next);
  }

  private boolean isSame(R object, R found) {
    return Objects.equals(object.getMetadata().getUid(), found.getMetadata().getUid());
  }
}
