package dev.acktask.operator.task;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of an answer: two answers with equal fingerprints are equal, which saves reading the
 * second one. A weaker sum would be faster, but could take a failure for the progress before it.
 *
 * <p>Four numbers instead of an array: one of these is kept for each running task.
 */
public record Fingerprint(long first, long second, long third, long fourth) {

  /** The fingerprint of {@code text}. */
  public static Fingerprint of(String text) {
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
      return new Fingerprint(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
