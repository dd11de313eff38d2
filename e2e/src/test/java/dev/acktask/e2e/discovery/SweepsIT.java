package dev.acktask.e2e.discovery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.discovery.ListedScripts.Played;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.script.Step;
import dev.acktask.simulator.script.TaskScript;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists in place of polls, for AckTasks that their authors created. */
@OnControlPlane
class SweepsIT {
  private static final String REGION = "cn-hangzhou";
  private static final String CLUSTER = ListedScripts.clusterId(1);

  /** The shortest for which lists are read as often as tasks would be polled. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Duration LONG = Duration.ofHours(1);
  private static final Pattern MISSED =
      Pattern.compile("(?m)^acktask_operator_sweep_missed_changes_total\\S* [1-9]");

  /** The same for all scripts, so that another one of a task does not move its creation. */
  private final Instant started = Instant.now().minus(Duration.ofMinutes(5));

  private final ControlPlane controlPlane;

  SweepsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldPollOnlyWhatTheListsSayHasChanged() {
    try (Discoveries sweeps = start("sweeps")) {
      // given
      List<Played> played = createRunning(sweeps);

      // when
      sweeps.awaitLists(CLUSTER, 1);
      int before = polls(sweeps, played);
      sweeps.awaitLists(CLUSTER, 5);
      int polls = polls(sweeps, played) - before;

      // then
      assertTrue(polls <= 5 * played.size() / 2, () -> polls + " polls in the time of 5 lists");
      finish(sweeps, played.get(3), "failed");
      sweeps.tasks().awaitPhase(played.get(3).objectName(), "Failed", Discoveries.SOON);
    }
  }

  @Test
  void shouldCountTheChangesThatTheListsDoNotAnnounce() {
    try (Discoveries sweeps = start("frozen")) {
      // given
      sweeps
          .region(REGION)
          .listBehaviour(ListBehaviour.builder().updated(ListBehaviour.Updated.NEVER).build());
      List<Played> played = createRunning(sweeps);
      sweeps.awaitLists(CLUSTER, 2);

      // when
      played.forEach(task -> sweeps.region(REGION).play(upgradingNodes(task), started));

      // then
      await()
          .atMost(INTERVAL.multipliedBy(4).plus(Discoveries.SOON))
          .until(
              () ->
                  played.stream()
                      .allMatch(
                          task ->
                              "upgrade-nodes"
                                  .equals(
                                      sweeps
                                          .tasks()
                                          .get(task.objectName())
                                          .get("status", "currentStage"))));
      await()
          .atMost(Discoveries.SOON)
          .until(() -> MISSED.matcher(sweeps.operator().fetch("/metrics").orElse("")).find());
    }
  }

  @Test
  void shouldPollEachTaskWhenListsAreForbidden() {
    try (Discoveries sweeps = start("no-lists")) {
      // given
      sweeps.account().permitOnly(Operation.DESCRIBE_TASK_INFO);
      List<Played> played = createRunning(sweeps);

      // when
      Map<String, Integer> before =
          played.stream()
              .collect(
                  Collectors.toMap(
                      Played::taskId, task -> sweeps.fixture().cloud().callCount(task.taskId())));
      await()
          .atMost(Discoveries.SOON)
          .until(
              () ->
                  before.entrySet().stream()
                      .allMatch(
                          task ->
                              sweeps.fixture().cloud().callCount(task.getKey())
                                  >= task.getValue() + 2));
      played.forEach(task -> finish(sweeps, task, "success"));

      // then
      played.forEach(
          task -> sweeps.tasks().awaitPhase(task.objectName(), "Succeeded", Discoveries.SOON));
      int lists = sweeps.fixture().cloud().listCount(CLUSTER);
      assertTrue(lists <= 2, () -> lists + " lists that RAM refuses");
    }
  }

  private Discoveries start(String prefix) {
    Discoveries sweeps =
        Discoveries.start(
            controlPlane,
            prefix,
            Map.of("ACKTASK_DEFAULT_POLL_INTERVAL", INTERVAL.toSeconds() + "s"));
    sweeps.fixture().recorder().expect(Bounds.undisturbed(INTERVAL));
    return sweeps;
  }

  private List<Played> createRunning(Discoveries sweeps) {
    List<Played> played =
        IntStream.rangeClosed(1, 8)
            .mapToObj(number -> new Played(ListedScripts.taskId(number), CLUSTER, "Running"))
            .toList();
    for (Played task : played) {
      sweeps.region(REGION).play(ListedScripts.script(task, "success", LONG), started);
      sweeps.create(task, REGION);
    }
    sweeps.awaitPhases(played);
    return played;
  }

  private static int polls(Discoveries sweeps, List<Played> played) {
    return played.stream()
        .mapToInt(task -> sweeps.fixture().cloud().callCount(task.taskId()))
        .sum();
  }

  private void finish(Discoveries sweeps, Played task, String state) {
    sweeps.region(REGION).play(ListedScripts.script(task, state, Duration.ofSeconds(1)), started);
  }

  private static TaskScript upgradingNodes(Played task) {
    return TaskScript.builder(task.taskId(), task.clusterId())
        .taskType("cluster_upgrade")
        .timeline(
            List.of(
                Step.builder(Duration.ZERO).state("running").build(),
                Step.builder(Duration.ofSeconds(1)).currentStage("upgrade-nodes").build()))
        .build();
  }
}
