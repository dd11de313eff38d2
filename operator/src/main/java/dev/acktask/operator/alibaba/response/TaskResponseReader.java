package dev.acktask.operator.alibaba.response;

import dev.acktask.operator.alibaba.HttpAnswer;
import dev.acktask.operator.alibaba.HttpAnswer.Body;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskRef;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Maps an HTTP answer to a {@link TaskLookup}. {@link Found} requires status 200 and one strictly
 * parsed object that names the polled task and has a state. The content type is ignored: it is not
 * documented, and a page that is not the API's cannot name the task.
 */
public final class TaskResponseReader {
  private final ErrorClassifier errors;
  private final StrictJson json = new StrictJson();

  public TaskResponseReader(InstantSource clock) {
    this.errors = new ErrorClassifier(clock);
  }

  /** True if {@code answer} has the digest of an earlier answer that led to {@link Found}. */
  public static boolean isUnchanged(HttpAnswer answer, AnswerDigest lastDigest) {
    return answer.status() == 200
        && answer.body() instanceof Body.Complete body
        && AnswerDigest.of(body.parts()).equals(lastDigest);
  }

  public TaskLookup read(HttpAnswer answer, TaskRef asked) {
    Optional<ResponseDocument> document =
        answer.body() instanceof Body.Complete body
            ? json.parse(body, ResponseDocument::new)
            : Optional.empty();
    String requestId =
        UnusableAnswers.requestId(answer, document.map(ResponseDocument::requestId).orElse(null));
    if (answer.status() != 200) {
      ErrorBody error = document.map(ResponseDocument::error).orElse(null);
      return errors.classify(answer.status(), answer.headers(), error, requestId, asked);
    }
    return switch (answer.body()) {
      case Body.TooLarge tooLarge ->
          new Unavailable(
              Failure.RESPONSE_TOO_LARGE,
              "The answer is larger than the operator reads. If the task really has that much to"
                  + " say, raise ACKTASK_MAX_RESPONSE_BYTES.",
              requestId);
      case Body.Encoded encoded -> UnusableAnswers.encoded(requestId);
      case Body.Complete complete ->
          document
              .map(found -> read(found, answer, complete, asked, requestId))
              .orElseGet(() -> UnusableAnswers.notAnObject(requestId));
    };
  }

  private TaskLookup read(
      ResponseDocument document,
      HttpAnswer answer,
      Body.Complete body,
      TaskRef asked,
      @Nullable String requestId) {
    ErrorBody error = document.error();
    if (error != null && !document.hasState()) {
      return errors.classify(answer.status(), answer.headers(), error, requestId, asked);
    }
    if (!asked.taskId().equals(document.taskId())) {
      return new Unavailable(
          Failure.TASK_ID_MISMATCH,
          "The answer does not name the task that was asked for, so it is not used. Check for"
              + " caches and proxies before the endpoint.",
          requestId);
    }
    String state = document.state();
    if (state == null) {
      return UnusableAnswers.invalid(
          "The answer has no state word for the task, so it is not used.", requestId);
    }
    return new Found(
        document.toTask(asked.taskId(), state), requestId, AnswerDigest.of(body.parts()));
  }
}
