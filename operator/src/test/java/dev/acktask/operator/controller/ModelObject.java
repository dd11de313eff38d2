package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.TASK_ID;
import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** The object of a {@link ModelWorld}, as other clients than the operator change it. */
final class ModelObject {
  static final AckTaskSpec SPEC = spec().connectionRef(ModelConnection.REF).build();

  /** The status that the model expects. */
  ExpectedStatus expected = ExpectedStatus.NOTHING;

  /** True after a change of another client; reset by the world. */
  boolean isEdited;

  private final FakeAckTaskStore store;
  private final Supplier<Instant> clock;
  private final List<String> log;
  private int uids;

  ModelObject(FakeAckTaskStore store, Supplier<Instant> clock, List<String> log) {
    this.store = store;
    this.clock = clock;
    this.log = log;
  }

  void edit(AckTaskSpec spec) {
    log.add("  spec: " + spec);
    if (!spec.equals(store.current().getSpec())) {
      store.edit(spec);
      isEdited = true;
    }
  }

  void recreate(AckTaskSpec spec, boolean withDefault) {
    log.add("  new object: " + spec + (withDefault ? " with the CRD's default" : ""));
    store.createdAt = clock.get().toString();
    store.create("u" + ++uids, spec);
    if (withDefault) {
      store.startFrom(Forgery.CRD_DEFAULT);
    }
    expected = ExpectedStatus.NOTHING;
    isEdited = true;
  }

  void forge(Random random) {
    AckTask task = store.current();
    ModelObservation observation = RandomSpec.one(random, ModelObservation.values());
    String taskId = RandomSpec.one(random, TASK_ID, TASK_ID, RandomSpec.OTHER_ID, null);
    String refresh = RandomSpec.one(random, null, "r1", "r2");
    if (random.nextInt(6) == 0) {
      store.forge(RandomSpec.one(random, null, Forgery.CRD_DEFAULT));
      expected = ExpectedStatus.NOTHING;
    } else {
      long generation = task.getMetadata().getGeneration() - random.nextInt(2);
      Forgery forgery = new Forgery(observation, taskId, generation, refresh, clock.get());
      store.forge(forgery.status());
      expected = forgery.expected();
    }
    log.add("  forged: " + expected);
    isEdited = true;
  }

  /** Forges only the phase. */
  void forgePhase(Random random) {
    AckTaskStatus status = store.current().getStatus();
    if (status == null || status.conditions().isEmpty()) {
      return;
    }
    Phase phase = RandomSpec.one(random, Phase.SUCCEEDED, Phase.FAILED);
    store.forge(Forgery.withPhase(status, phase));
    expected = Forgery.withPhase(expected, phase);
    log.add("  forged: phase " + phase);
    isEdited = true;
  }

  void editDuringReconcile(Random random) {
    log.add("  meanwhile");
    switch (random.nextInt(7)) {
      case 0 -> forge(random);
      case 1 -> recreate(RandomSpec.near(SPEC, random), random.nextBoolean());
      case 2 -> edit(RandomSpec.forAnyTask(store.current().getSpec(), random));
      case 3 -> store.requestRefresh("r" + random.nextInt(4));
      case 4 -> store.touch();
      default -> edit(RandomSpec.near(store.current().getSpec(), random));
    }
    isEdited = true;
  }
}
