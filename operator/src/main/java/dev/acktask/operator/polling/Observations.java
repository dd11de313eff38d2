package dev.acktask.operator.polling;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.task.TaskLookup;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What reconciles read of the cloud. */
public interface Observations {
  /**
   * The latest observation for an object.
   *
   * @param lookup outcome of the latest poll; a rejection where no connection can be used
   * @param notFoundFor time between the first and the last of uninterrupted "not found" answers;
   *     null after any other outcome
   * @param order of the poll among polls and refresh requests
   * @param answeredRequest the last refresh request of the object that was observed before the poll
   *     began, so that the poll answers it; null without one
   * @param connection that the poll was made with; null without one
   */
  record Latest(
      TaskLookup lookup,
      @Nullable Duration notFoundFor,
      long order,
      @Nullable String answeredRequest,
      AckTaskStatus.@Nullable Connection connection) {
    /** No poll is possible for {@code cause}. */
    static Latest without(TaskLookup.Rejected cause) {
      return new Latest(cause, null, 0, null, null);
    }
  }

  /**
   * The latest observation of the task of {@code object}; empty if the object is not polled or the
   * observation is not in memory. In the second case the next poll reads the whole answer.
   */
  Optional<Latest> latest(AckTask object);

  /**
   * The status of {@code object} says what was observed. The answer about a running task that no
   * other object names is then not held any longer; the next one is still compared with it.
   */
  void release(AckTask object, Latest latest);

  /**
   * How long {@code object} has waited for the first poll of its task; zero if it is not known yet,
   * or the task was polled.
   */
  Duration waitingFor(AckTask object);
}
