package dev.acktask.operator.task;

import dev.acktask.operator.text.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/**
 * SHA-256 of an answer. An answer with a known digest need not be parsed again. A weaker hash could
 * mistake a failure for the answer before it.
 *
 * <p>One digest is kept for each unfinished task, so it is stored in four numbers and not in an
 * array.
 */
public record AnswerDigest(long first, long second, long third, long fourth) {

  /** The digest of the concatenated {@code parts}. */
  public static AnswerDigest of(List<ByteBuffer> parts) {
    MessageDigest digest = Sha256.newDigest();
    parts.forEach(part -> digest.update(part.duplicate()));
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new AnswerDigest(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
  }
}
