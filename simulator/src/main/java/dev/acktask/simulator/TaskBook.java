package dev.acktask.simulator;

import dev.acktask.simulator.reply.Reply;
import dev.acktask.simulator.script.ScriptedFault;
import dev.acktask.simulator.script.ScriptedTask;
import dev.acktask.simulator.script.TaskJson;
import dev.acktask.simulator.script.TaskView;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** The tasks that the simulator knows, and how many times each was read. */
final class TaskBook {
  private final Map<String, IntFunction<Reply>> canned = new ConcurrentHashMap<>();
  private final Map<String, ScriptedTask> scripted = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Map<String, String> shownStates = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final SimulatorObserver observer;

  TaskBook(InstantSource clock, SimulatorObserver observer) {
    this.clock = clock;
    this.observer = observer;
  }

  /** One read of a task. */
  record Read(int call, Reply reply, Optional<String> fault) {}

  void answer(String taskId, IntFunction<Reply> replies) {
    calls.remove(taskId);
    canned.put(taskId, replies);
  }

  void play(ScriptedTask task) {
    String taskId = task.script().taskId();
    calls.remove(taskId);
    canned.remove(taskId);
    scripted.put(taskId, task);
  }

  Read read(String taskId) {
    int call = calls.computeIfAbsent(taskId, id -> new AtomicInteger()).incrementAndGet();
    IntFunction<Reply> replies = canned.get(taskId);
    if (replies != null) {
      return new Read(call, replies.apply(call), Optional.empty());
    }
    ScriptedTask task = scripted.get(taskId);
    if (task == null) {
      return new Read(call, Reply.taskNotFound(taskId), Optional.empty());
    }
    return play(task, call);
  }

  private Read play(ScriptedTask task, int call) {
    String taskId = task.script().taskId();
    TaskView view = task.look(clock.instant());
    Reply truth = Reply.json(200, TaskJson.info(view));
    Optional<ScriptedFault> fault = task.fault(call, clock.instant());
    if (fault.isPresent()) {
      observer.faulted(taskId, call, fault.get().name());
      return new Read(call, fault.get().effect().apply(truth), Optional.of(fault.get().name()));
    }
    String before = shownStates.put(taskId, view.state());
    if (!view.state().equals(before)) {
      observer.stateChanged(taskId, before == null ? "" : before, view.state());
    }
    return new Read(call, truth, Optional.empty());
  }

  /** The scripted tasks of a cluster, newest first. */
  List<TaskView> ofCluster(String clusterId) {
    return scripted.values().stream()
        .filter(task -> task.script().clusterId().equals(clusterId))
        .map(task -> task.look(clock.instant()))
        .sorted(
            Comparator.comparing(TaskView::created)
                .reversed()
                .thenComparing(view -> view.script().taskId()))
        .toList();
  }
}
