package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the cloud: how it is signed, and what its results mean.
 *
 * @param <T> result of the operation
 */
interface SignedCall<T> {
  /** A request with its own time and nonce, signed with {@code credential}. */
  HttpRequest request(Credential credential);

  /** Limit of the answer in bytes, where the transport's is not lower. */
  default int maxBodyBytes() {
    return Integer.MAX_VALUE;
  }

  /** The result of a complete answer, whose body is only valid during this method. */
  T read(HttpAnswer answer);

  /** The result without an answer. */
  T failed(NoAnswer cause);

  /** Why {@code result} has no answer; null if it has one. */
  @Nullable NoAnswer cause(T result);
}
