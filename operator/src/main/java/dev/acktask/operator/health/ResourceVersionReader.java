package dev.acktask.operator.health;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Reads the resourceVersions of all objects from the API server, independently of the watch. */
public interface ResourceVersionReader {
  /** Key for all namespaces, used if the operator watches all of them. */
  String ALL_NAMESPACES = "*";

  /**
   * Result of one read.
   *
   * @param versions resourceVersion by uid, for each namespace that was listed and may be watched
   * @param failures cause for each namespace that could not be listed or may not be watched
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

  /** The kind of the objects, for example {@code AckTask}. */
  String kind();

  /** Maximum time for one response, and so between two runs of {@code onPage}. */
  Duration timeout();

  /**
   * Lists the watched namespaces. A failure in one does not affect the others. If several do not
   * answer in time, the rest are skipped and come first in the next read.
   *
   * @param onPage runs after each response; large collections take many responses
   */
  State read(Runnable onPage);

  /**
   * Checks whether an object was created, changed or deleted, or the right to watch was lost, since
   * the last {@link #read}. Without changes it costs one request for each namespace.
   *
   * @param onAnswer runs after each response
   * @return also true if the answer is unknown
   */
  boolean mayHaveChanged(Runnable onAnswer);
}
