package dev.acktask.operator.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Deserializes equal short strings to one instance. States, levels, reasons and times repeat within
 * a status and across objects: a running task of 5 KB takes 4.0 KB of heap with the interner and
 * 9.3 KB without (docs/benchmarks.md).
 *
 * <p>Users control these strings, so the table is limited to {@link #SLOTS} strings of at most
 * {@link #MAX_LENGTH} characters, 200 KiB in total. A race between threads costs only a duplicate
 * string.
 */
final class StringInterner extends StringDeserializer {
  private static final long serialVersionUID = 1;

  /** A power of two. */
  static final int SLOTS = 1024;

  /** In characters. Longer strings seldom repeat. */
  static final int MAX_LENGTH = 64;

  private final transient @Nullable String[] known = new String[SLOTS];

  @Override
  public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
    String read = super.deserialize(json, context);
    if (read == null || read.length() > MAX_LENGTH) {
      return read;
    }
    int slot = read.hashCode() & (SLOTS - 1);
    String shared = known[slot];
    if (read.equals(shared)) {
      return shared;
    }
    known[slot] = read;
    return read;
  }
}
