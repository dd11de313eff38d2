package dev.acktask.operator.liveness;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The objects that the API server has, asked for without the watch. */
public interface ServerVersions {
  /** Stands for all namespaces where the operator watches all of them. */
  String ALL_NAMESPACES = "*";

  /**
   * What was found.
   *
   * @param versions the resourceVersion by uid, by namespace that was listed and may be watched
   * @param failures by namespace, of those that could not be listed or may not be watched
   */
  record State(Map<String, Map<String, String>> versions, Map<String, ApiServerFailure> failures) {
    public State {
      versions = Map.copyOf(versions);
      failures = Map.copyOf(failures);
    }

    /** The namespaces that were listed and may be watched. */
    public Set<String> listed() {
      return versions.keySet();
    }
  }

  /** The longest wait for one answer, and so between two runs of {@code onPage}. */
  Duration timeout();

  /**
   * Lists the watched namespaces. The failure of one does not keep the others from being listed:
   * when several give no answer in time, those that were not asked for are the first next time.
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
