package dev.acktask.operator.liveness;

import java.util.Map;
import java.util.Optional;

/** What the API server has, asked for without the watch. */
public interface ServerVersions {
  /**
   * The resourceVersion of every object by uid; empty when the API server did not answer.
   *
   * @param onPage runs after each answer, because many objects take many answers
   */
  Optional<Map<String, String>> read(Runnable onPage);
}
