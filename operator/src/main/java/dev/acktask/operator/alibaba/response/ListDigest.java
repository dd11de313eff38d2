package dev.acktask.operator.alibaba.response;

import dev.acktask.operator.alibaba.HttpAnswer;
import dev.acktask.operator.alibaba.HttpAnswer.Body;
import dev.acktask.operator.task.AnswerDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The digest of an answer with a list, without the id of the request, which differs each time.
 *
 * <p>Two answers with one digest hold the same page. All bytes but those of the id are the same, up
 * to and including the quote before it. In an answer that was parsed, that is the begin of a
 * string, the value of a field {@code requestId}, which no page depends on. The id itself has no
 * character that could end the string or escape its end.
 */
final class ListDigest {
  /** A page of 100 entries has some 20 KiB; a larger answer is parsed each time. */
  static final int MAX_SIZE = 64 * 1024;

  private static final byte[] FIELD = "\"requestId\":\"".getBytes(StandardCharsets.US_ASCII);

  private static final int MAX_ID = 64;
  private static final int HTTP_OK = 200;

  private ListDigest() {}

  /** Empty for an answer that is no success, has no complete body, or is too large. */
  static Optional<AnswerDigest> of(HttpAnswer answer) {
    return answer.status() == HTTP_OK
            && answer.body() instanceof Body.Complete body
            && body.size() <= MAX_SIZE
        ? Optional.of(of(bytes(body)))
        : Optional.empty();
  }

  private static AnswerDigest of(byte[] json) {
    int start = endOfField(json);
    int end = endOfId(json, start);
    boolean hasId = end < json.length && json[end] == '"' && start > 0;
    return hasId ? of(json, start, end) : of(json, 0, 0);
  }

  /** The length of the first part separates the two. */
  private static AnswerDigest of(byte[] json, int start, int end) {
    return AnswerDigest.of(
        List.of(
            ByteBuffer.allocate(Integer.BYTES).putInt(0, start),
            ByteBuffer.wrap(json, 0, start),
            ByteBuffer.wrap(json, end, json.length - end)));
  }

  /** The index behind the first {@link #FIELD}; 0 if there is none. */
  private static int endOfField(byte[] json) {
    for (int i = 0; i <= json.length - FIELD.length; i++) {
      if (json[i] == FIELD[0] && isField(json, i)) {
        return i + FIELD.length;
      }
    }
    return 0;
  }

  private static boolean isField(byte[] json, int start) {
    for (int i = 1; i < FIELD.length; i++) {
      if (json[start + i] != FIELD[i]) {
        return false;
      }
    }
    return true;
  }

  private static int endOfId(byte[] json, int start) {
    int end = start;
    while (end < json.length && end - start < MAX_ID && isPartOfId(json[end])) {
      end++;
    }
    return end;
  }

  private static boolean isPartOfId(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }

  private static byte[] bytes(Body.Complete body) {
    try {
      return body.stream().readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // all of it is in memory
    }
  }
}
