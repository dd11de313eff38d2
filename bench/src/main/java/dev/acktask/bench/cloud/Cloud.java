package dev.acktask.bench.cloud;

import dev.acktask.bench.measure.Polls;
import dev.acktask.bench.measure.Timeline;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.SimulatorObserver;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The simulator with tasks numbered from 0. It does not verify signatures, because it shares the
 * CPUs with the measured operator.
 */
public final class Cloud implements AutoCloseable {
  private static final String PREFIX = "T-bench-";

  private final TaskAnswers answers;
  private final AtomicIntegerArray versions;
  private final AtomicIntegerArray finished;

  /** The version in the answer being sent; there is at most one request per task at a time. */
  private final AtomicIntegerArray answering;

  private final Timeline timeline;
  private final Polls polls;
  private final Simulator simulator;

  private Cloud(int tasks, Duration latency, boolean varying, Timeline timeline, Polls polls)
      throws IOException {
    this.answers = new TaskAnswers(varying);
    this.versions = new AtomicIntegerArray(tasks);
    this.finished = new AtomicIntegerArray(tasks);
    this.answering = new AtomicIntegerArray(tasks);
    this.timeline = timeline;
    this.polls = polls;
    this.simulator =
        Simulator.builder()
            .withoutVerification()
            .latency(latency, latency)
            .observer(
                new SimulatorObserver() {
                  @Override
                  public void served(RequestRecord served) {
                    served.taskId().ifPresent(Cloud.this::served);
                  }
                })
            .start();
    for (int task = 0; task < tasks; task++) {
      int number = task;
      simulator.answers(taskId(task), call -> answer(number));
    }
  }

  /**
   * Starts the simulator with {@code tasks} running tasks.
   *
   * @param latency of each answer
   * @param varying true gives each answer a different request id
   * @param timeline records changes and served versions
   * @param polls records each request
   */
  public static Cloud start(
      int tasks, Duration latency, boolean varying, Timeline timeline, Polls polls)
      throws IOException {
    return new Cloud(tasks, latency, varying, timeline, polls);
  }

  public static String taskId(int task) {
    return PREFIX + "%06d".formatted(task);
  }

  /** The text of {@code version} in a status. */
  public static String marker(int version) {
    return TaskAnswers.message(version);
  }

  public URI endpoint() {
    return simulator.endpoint();
  }

  /** Changes a task, which stays running. */
  public void change(int task) {
    timeline.changed(task, versions.incrementAndGet(task));
  }

  /** Makes a task succeed. */
  public void finish(int task) {
    finished.set(task, 1);
    change(task);
  }

  @Override
  public void close() {
    simulator.close();
  }

  private Response answer(int task) {
    polls.arrived(task);
    int version = versions.get(task);
    answering.set(task, version);
    return Response.json(200, answers.body(taskId(task), version, finished.get(task) != 0));
  }

  private void served(String taskId) {
    int task = Integer.parseInt(taskId.substring(PREFIX.length()));
    timeline.served(task, answering.get(task));
  }
}
