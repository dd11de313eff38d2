package dev.acktask.operator.task;

import java.util.List;

/**
 * Free-form data of the cloud ({@code parameters}, {@code outputs}): bounded by the reader in depth
 * ({@link #MAX_DEPTH}) and in size, so that whatever walks it may recurse.
 */
public sealed interface FreeForm {
  /** Levels of nesting that are kept; deeper parts are cut and counted. */
  int MAX_DEPTH = 32;

  /** An object, its members in the order of the answer. */
  record Obj(List<Member> members) implements FreeForm {
    public Obj {
      members = List.copyOf(members);
    }
  }

  /** An array. */
  record Arr(List<FreeForm> items) implements FreeForm {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /** A string. */
  record Text(String value) implements FreeForm {}

  /**
   * A number, {@code true}, {@code false} or {@code null}.
   *
   * @param json as spelled in the answer: numbers keep their digits, because rewriting them would
   *     make the mirrored text differ from the cloud's
   */
  record Literal(String json) implements FreeForm {}

  /** One name and value of an {@link Obj}. */
  record Member(String name, FreeForm value) {}
}
