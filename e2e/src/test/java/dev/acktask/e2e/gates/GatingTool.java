package dev.acktask.e2e.gates;

import java.util.List;

/** A tool that waits for objects. */
interface GatingTool {
  /** The name, as the head of a column. */
  String title();

  /**
   * What it does with each of the objects, in their order. It says that it waits only when it has
   * read the object.
   *
   * @throws RuntimeException if it does anything else, such as an error about something else
   */
  List<Verdict> judge(List<WrittenObject> objects);
}
