package dev.acktask.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads equal texts as one object, if they come soon after each other or often: of the texts in a
 * status two thirds are in the next one or stand in it twice, such as levels, reasons and times. A
 * table of fixed size forgets the others; threads that write over each other lose nothing.
 */
final class SharedWords extends StringDeserializer {
  private static final long serialVersionUID = 1;
  private static final int SLOTS = 1024;

  private final transient @Nullable String[] words = new String[SLOTS];

  @Override
  public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
    String read = super.deserialize(json, context);
    int slot = read.hashCode() & (SLOTS - 1);
    String known = words[slot];
    if (read.equals(known)) {
      return known;
    }
    words[slot] = read;
    return read;
  }
}
