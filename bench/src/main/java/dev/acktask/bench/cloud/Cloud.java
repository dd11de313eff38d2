package dev.acktask.bench.cloud;

import dev.acktask.bench.measure.CallCount;
import dev.acktask.bench.measure.Polls;
import dev.acktask.bench.measure.Timeline;
import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.SimulatorObserver;
import dev.acktask.simulator.account.Cluster;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The simulator with tasks numbered from 0. It does not verify signatures, because it shares the
 * CPUs with the measured operator.
 */
public final class Cloud implements AutoCloseable {
  private static final String PREFIX = "T-bench-";

  private static final String REGION = "cn-hangzhou";

  private final Clusters clusters;
  private final TaskAnswers details;
  private final ListAnswers lists;
  private final AtomicIntegerArray versions;
  private final AtomicIntegerArray finished;

  /** The version in the answer being sent; there is at most one request per task at a time. */
  private final AtomicIntegerArray answering;

  private final Timeline timeline;
  private final Polls polls;
  private final CallCount listCalls;
  private final Simulator simulator;

  private Cloud(int tasks, Answers answers, Timeline timeline, Polls polls, CallCount listCalls)
      throws IOException {
    this.clusters = answers.clusters();
    UpdateTimes updated = new UpdateTimes(clusters.frozenUpdated());
    this.details = new TaskAnswers(answers.varying(), updated);
    this.lists = new ListAnswers(clusters, tasks, updated);
    this.versions = new AtomicIntegerArray(tasks);
    this.finished = new AtomicIntegerArray(tasks);
    this.answering = new AtomicIntegerArray(tasks);
    this.timeline = timeline;
    this.polls = polls;
    this.listCalls = listCalls;
    this.simulator =
        Simulator.builder()
            .withoutVerification()
            .latency(answers.latency(), answers.latency())
            .observer(
                new SimulatorObserver() {
                  @Override
                  public void served(RequestRecord served) {
                    count(served);
                  }
                })
            .start();
    SimulatedRegion region = simulator.account(Simulator.DEFAULT_ACCOUNT).region(REGION);
    for (int task = 0; task < tasks; task++) {
      int number = task;
      region.answers(taskId(task), call -> answer(number));
    }
    for (int cluster = 0; cluster < clusters.count(); cluster++) {
      int number = cluster;
      region.putCluster(Cluster.of(clusters.id(cluster)));
      region.answersTasksOf(clusters.id(cluster), query -> list(number, query));
    }
  }

  /**
   * Starts the simulator with {@code tasks} running tasks.
   *
   * @param timeline records changes and served versions
   * @param polls records each request for a task
   * @param listCalls counts all other requests
   */
  public static Cloud start(
      int tasks, Answers answers, Timeline timeline, Polls polls, CallCount listCalls)
      throws IOException {
    return new Cloud(tasks, answers, timeline, polls, listCalls);
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
    return Response.json(
        200, details.body(taskId(task), clusters.idOf(task), version, finished.get(task) != 0));
  }

  private Response list(int cluster, Map<String, String> query) {
    return Response.json(
        200,
        lists.body(
            cluster,
            query,
            new ListAnswers.Tasks() {
              @Override
              public int version(int task) {
                return versions.get(task);
              }

              @Override
              public boolean isFinished(int task) {
                return finished.get(task) != 0;
              }
            }));
  }

  private void count(RequestRecord served) {
    served.taskId().ifPresentOrElse(this::served, listCalls::arrived);
  }

  private void served(String taskId) {
    int task = Integer.parseInt(taskId.substring(PREFIX.length()));
    timeline.served(task, answering.get(task));
  }
}
