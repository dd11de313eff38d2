package dev.acktask.operator.task;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The SHA-256 of an answer: two answers with equal fingerprints are equal, which saves reading the
 * second one. A weaker sum would be faster, but could take a failure for the progress before it.
 *
 * <p>Four numbers instead of an array: one of these is kept for each running task.
 */
public record Fingerprint(long first, long second, long third, long fourth) {

  /** The fingerprint of the bytes in {@code parts}, one after the other. */
  public static Fingerprint of(List<ByteBuffer> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      parts.forEach(part -> digest.update(part.duplicate()));
      ByteBuffer hash = ByteBuffer.wrap(digest.digest());
      return new Fingerprint(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
