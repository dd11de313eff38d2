package dev.acktask.operator.polling;

import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the pages of the lists of one connection and passes the results on. Thread-safe. */
final class PageReader {
  private static final Logger log = LoggerFactory.getLogger(PageReader.class);
  private static final String UNEXPECTED =
      "The sweep failed in the operator; see its log. It is repeated.";

  private final ConnectionLists lists;
  private final ClusterSweeper sweeper;
  private final String connection;
  private final PollExecution execution;

  /**
   * @param connection label of the connection
   */
  PageReader(
      ConnectionLists lists, ClusterSweeper sweeper, String connection, PollExecution execution) {
    this.lists = lists;
    this.sweeper = sweeper;
    this.connection = connection;
    this.execution = execution;
  }

  /**
   * Reads one page.
   *
   * @param isStopped true once the results are not wanted any more
   * @return delivers the result, if the pass has ended; may take as long as the listeners take
   */
  Runnable read(PageCall call, BooleanSupplier isStopped) {
    Optional<SweepOutcome> outcome =
        switch (call.list()) {
          case TASKS ->
              sweeper.completeTasks(
                  call, page(() -> lists.tasks().apply(call.clusterId(), call.page())));
          case CLUSTERS ->
              sweeper.completeClusters(page(() -> lists.clusters().apply(call.page())));
          case PLANS -> sweeper.completePlans(page(lists.plans()));
        };
    return () -> outcome.filter(it -> !isStopped.getAsBoolean()).ifPresent(this::deliver);
  }

  private <T> Listing<T> page(Supplier<Listing<T>> call) {
    try {
      return call.get();
    } catch (OutOfMemoryError fatal) {
      execution.exit().run();
    } catch (Throwable unexpected) { // as a hostile answer might cause
      log.error("A sweep failed unexpectedly; it is repeated", unexpected);
      execution.metrics().reconcileFailed();
    }
    return new Listing.Failed<>(
        new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, UNEXPECTED, null));
  }

  private void deliver(SweepOutcome outcome) {
    if (outcome.result() instanceof SweepResult.Tasks) {
      guard(() -> execution.metrics().sweepEnded(connection, outcome.missed()));
    }
    sweeper
        .listeners(outcome.result())
        .forEach(listener -> guard(() -> listener.accept(outcome.result())));
  }

  private static void guard(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable unexpected) { // the other listeners must get their result
      log.error("Unexpected failure in a listener of sweeps; the sweeps continue", unexpected);
    }
  }
}
