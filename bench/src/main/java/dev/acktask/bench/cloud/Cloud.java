package dev.acktask.bench.cloud;

import dev.acktask.bench.measure.Polls;
import dev.acktask.bench.measure.Timeline;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.SimulatorObserver;
import dev.acktask.simulator.journal.Served;
import dev.acktask.simulator.reply.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The simulator with tasks numbered from 0. It does not verify signatures: what the cloud spends on
 * them is not what is measured here, and it shares the processors with what is.
 */
public final class Cloud implements AutoCloseable {
  private static final String PREFIX = "T-bench-";

  private final TaskAnswers answers;
  private final AtomicIntegerArray versions;
  private final AtomicIntegerArray finished;

  /** The version in the answer that is on its way; a task is asked for once at a time. */
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
                  public void served(Served served) {
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
   * Starts it with {@code tasks} that run.
   *
   * @param latency of each answer
   * @param varying whether each answer carries an id of its own, so that no two are the same
   * @param timeline is told what changes and what is served
   * @param polls is told of each request
   */
  public static Cloud start(
      int tasks, Duration latency, boolean varying, Timeline timeline, Polls polls)
      throws IOException {
    return new Cloud(tasks, latency, varying, timeline, polls);
  }

  public static String taskId(int task) {
    return PREFIX + "%06d".formatted(task);
  }

  /** How a status shows {@code version}. */
  public static String marker(int version) {
    return TaskAnswers.message(version);
  }

  public URI endpoint() {
    return simulator.endpoint();
  }

  /** Moves a task on; it runs still. */
  public void change(int task) {
    timeline.changed(task, versions.incrementAndGet(task));
  }

  /** Lets a task succeed. */
  public void finish(int task) {
    finished.set(task, 1);
    change(task);
  }

  @Override
  public void close() {
    simulator.close();
  }

  private Reply answer(int task) {
    polls.arrived(task);
    int version = versions.get(task);
    answering.set(task, version);
    return Reply.json(200, answers.body(taskId(task), version, finished.get(task) != 0));
  }

  private void served(String taskId) {
    int task = Integer.parseInt(taskId.substring(PREFIX.length()));
    timeline.served(task, answering.get(task));
  }
}
