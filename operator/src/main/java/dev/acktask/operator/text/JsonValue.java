package dev.acktask.operator.text;

import java.util.List;

/**
 * Free-form data of the cloud ({@code parameters}, {@code outputs}). The reader limits its depth
 * ({@link #MAX_DEPTH}) and size, so that recursive code is safe.
 */
public sealed interface JsonValue {
  /** Maximum nesting; deeper parts are dropped and counted. */
  int MAX_DEPTH = 32;

  /** An object; its members keep the order of the answer. */
  record Obj(List<Member> members) implements JsonValue {
    public Obj {
      members = List.copyOf(members);
    }
  }

  /** An array. */
  record Arr(List<JsonValue> items) implements JsonValue {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /** A string. */
  record Text(String value) implements JsonValue {}

  /**
   * A number, {@code true}, {@code false} or {@code null}.
   *
   * @param json as in the answer: numbers keep their digits
   */
  record Literal(String json) implements JsonValue {}

  /** One name and value of an {@link Obj}. */
  record Member(String name, JsonValue value) {}
}
