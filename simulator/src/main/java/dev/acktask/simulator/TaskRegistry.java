package dev.acktask.simulator;

import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.ScriptedFault;
import dev.acktask.simulator.script.ScriptedTask;
import dev.acktask.simulator.script.TaskJson;
import dev.acktask.simulator.script.TaskScript;
import dev.acktask.simulator.script.TaskView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** The tasks of one region of one account, with the number of reads of each. */
final class TaskRegistry {
  private final Map<String, IntFunction<Response>> fixedResponses = new ConcurrentHashMap<>();
  private final Map<String, ScriptedTask> scripted = new ConcurrentHashMap<>();

  /** The scripted tasks of each cluster by their ids, so that a list does not scan all tasks. */
  private final Map<String, Map<String, ScriptedTask>> byCluster = new ConcurrentHashMap<>();

  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Map<String, String> lastServedStates = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final double speed;
  private final SimulatorObserver observer;

  TaskRegistry(InstantSource clock, double speed, SimulatorObserver observer) {
    this.clock = clock;
    this.speed = speed;
    this.observer = observer;
  }

  /** One read of a task. */
  record Read(int call, Response response, Optional<String> fault) {
    /** The answer to a request that reads no task. */
    static Read without(Response response) {
      return new Read(0, response, Optional.empty());
    }

    /** The answer to a request that an outage keeps from its task. */
    static Read outage(Response response, String name) {
      return new Read(0, response, Optional.of(name));
    }
  }

  void answer(String taskId, IntFunction<Response> responses) {
    calls.remove(taskId);
    fixedResponses.put(taskId, responses);
  }

  void play(TaskScript script) {
    play(new ScriptedTask(script, speed, clock.instant()));
  }

  /** Plays a script whose clock started at {@code started}. */
  void play(TaskScript script, Instant started) {
    play(ScriptedTask.startedAt(script, speed, started));
  }

  private synchronized void play(ScriptedTask task) {
    String taskId = task.script().taskId();
    calls.remove(taskId);
    fixedResponses.remove(taskId);
    ScriptedTask before = scripted.put(taskId, task);
    if (before != null) {
      ofCluster(before).remove(taskId);
    }
    ofCluster(task).put(taskId, task);
  }

  private Map<String, ScriptedTask> ofCluster(ScriptedTask task) {
    return byCluster.computeIfAbsent(task.script().clusterId(), id -> new ConcurrentHashMap<>());
  }

  boolean isPlayed(String taskId) {
    return scripted.containsKey(taskId);
  }

  Instant now() {
    return clock.instant();
  }

  Read read(String taskId) {
    int call = calls.computeIfAbsent(taskId, id -> new AtomicInteger()).incrementAndGet();
    IntFunction<Response> responses = fixedResponses.get(taskId);
    if (responses != null) {
      return new Read(call, responses.apply(call), Optional.empty());
    }
    ScriptedTask task = scripted.get(taskId);
    if (task == null) {
      return new Read(call, Response.taskNotFound(taskId), Optional.empty());
    }
    return play(task, call);
  }

  private Read play(ScriptedTask task, int call) {
    String taskId = task.script().taskId();
    TaskView view = task.viewAt(clock.instant());
    Response truth = Response.json(200, TaskJson.info(view));
    Optional<ScriptedFault> fault = task.fault(call, clock.instant());
    if (fault.isPresent()) {
      observer.faulted(taskId, call, fault.get().name());
      return new Read(call, fault.get().effect().apply(truth), Optional.of(fault.get().name()));
    }
    String before = lastServedStates.put(taskId, view.state());
    if (!view.state().equals(before)) {
      observer.stateChanged(taskId, before == null ? "" : before, view.state());
    }
    return new Read(call, truth, Optional.empty());
  }

  /** The clusters that scripted tasks name, in order. */
  List<String> clusterIds() {
    return byCluster.entrySet().stream()
        .filter(tasks -> !tasks.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The scripted tasks of a cluster at {@code now}, in any order. */
  List<TaskView> ofCluster(String clusterId, Instant now) {
    return byCluster.getOrDefault(clusterId, Map.of()).values().stream()
        .map(task -> task.viewAt(now))
        .toList();
  }
}
