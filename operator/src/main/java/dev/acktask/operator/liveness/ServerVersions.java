package dev.acktask.operator.liveness;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import java.util.Map;
import java.util.Set;

/** The objects that the API server has, asked for without the watch. */
public interface ServerVersions {
  /** Stands for all namespaces where the operator watches all of them. */
  String ALL_NAMESPACES = "*";

  /**
   * What was found.
   *
   * @param versions the resourceVersion by uid, of the objects in all namespaces that were listed
   * @param failures by namespace, of those that could not be listed or may not be watched
   * @param listed the namespaces that were listed and may be watched
   */
  record State(
      Map<String, String> versions, Map<String, ApiServerFailure> failures, Set<String> listed) {
    public State {
      versions = Map.copyOf(versions);
      failures = Map.copyOf(failures);
      listed = Set.copyOf(listed);
    }
  }

  /**
   * Lists every watched namespace. The failure of one does not keep the others from being listed.
   *
   * @param onPage runs after each answer, because many objects take many answers
   */
  State read(Runnable onPage);

  /**
   * Asks whether an object was created, changed or deleted, or the right to watch was lost, since
   * the last {@link #read}. While nothing changes it costs a request for each namespace.
   *
   * @param onAnswer runs after each answer
   * @return true as well when that is not known
   */
  boolean mayHaveChanged(Runnable onAnswer);
}
