package dev.acktask.operator.alibaba.response;

import dev.acktask.operator.alibaba.HttpAnswer;
import dev.acktask.operator.alibaba.HttpAnswer.Body;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Maps an HTTP answer to a {@link Listing}. {@link Listing.Listed} requires status 200 and one
 * strictly parsed object with the list; what is odd about an entry costs only that entry.
 */
public final class ListResponseReader {
  private final ErrorClassifier errors;
  private final StrictJson json = new StrictJson();

  public ListResponseReader(InstantSource clock) {
    this.errors = new ErrorClassifier(clock);
  }

  /** The page in {@code answer}, or why there is none. */
  public <T> Listing<T> read(HttpAnswer answer, ListFormat<T> format) {
    return parse(answer, format, ListDigest.of(answer).orElse(null));
  }

  /**
   * As {@link #read(HttpAnswer, ListFormat)}, but an answer with the digest of {@code known} is not
   * parsed again.
   *
   * @param known an earlier page of the same list
   */
  public <T> Listing<T> read(HttpAnswer answer, ListFormat<T> format, ListPage<T> known) {
    AnswerDigest digest = ListDigest.of(answer).orElse(null);
    return digest != null && digest.equals(known.digest())
        ? new Listing.Listed<>(known)
        : parse(answer, format, digest);
  }

  private <T> Listing<T> parse(
      HttpAnswer answer, ListFormat<T> format, @Nullable AnswerDigest digest) {
    Optional<ListDocument<T>> document =
        answer.body() instanceof Body.Complete body
            ? json.parse(body, parser -> new ListDocument<>(parser, format))
            : Optional.empty();
    String requestId =
        UnusableAnswers.requestId(answer, document.map(ListDocument::requestId).orElse(null));
    ErrorBody error = document.map(ListDocument::error).orElse(null);
    boolean hasList = document.isPresent() && document.get().hasList();
    if (answer.status() != 200 || (error != null && !hasList)) {
      return new Listing.Failed<>(
          errors.classify(answer.status(), answer.headers(), error, requestId, format.subject()));
    }
    return hasList
        ? new Listing.Listed<>(document.get().page(digest))
        : new Listing.Failed<>(withoutList(answer, document.isPresent(), format, requestId));
  }

  private static NoAnswer withoutList(
      HttpAnswer answer, boolean isObject, ListFormat<?> format, @Nullable String requestId) {
    return switch (answer.body()) {
      case Body.TooLarge tooLarge ->
          new Unavailable(
              Failure.RESPONSE_TOO_LARGE,
              "The list is larger than the operator reads: 1 MiB, or ACKTASK_MAX_RESPONSE_BYTES"
                  + " where that is lower. Raise a lower value; otherwise check the endpoint, and"
                  + " the proxies before it.",
              requestId);
      case Body.Encoded encoded -> UnusableAnswers.encoded(requestId);
      case Body.Complete complete ->
          isObject
              ? UnusableAnswers.invalid(
                  "The answer (HTTP 200) has no list of "
                      + format.field()
                      + ", so it is not used. Check the endpoint, and the proxies before it.",
                  requestId)
              : UnusableAnswers.notAnObject(requestId);
    };
  }
}
