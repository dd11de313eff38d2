package dev.acktask.operator.namespaces;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks which of the configured namespaces the API server forbids. A namespace loses its
 * RoleBinding when it is deleted or its owner removes the operator's rights; the other namespaces
 * must still be served. Logs each change once.
 */
public final class ForbiddenNamespaces {
  private static final Logger log = LoggerFactory.getLogger(ForbiddenNamespaces.class);

  private final Map<String, Optional<ApiServerFailure>> refusals = new TreeMap<>();

  /**
   * @param configured at least one; all are initially accessible
   */
  public ForbiddenNamespaces(Collection<String> configured) {
    configured.forEach(namespace -> refusals.put(namespace, Optional.empty()));
  }

  /**
   * Records the result of a list of all namespaces.
   *
   * @param listed namespaces whose AckTasks were listed
   * @param failures cause by namespace; only FORBIDDEN counts, because other failures prove nothing
   *     about rights
   */
  public synchronized void record(Set<String> listed, Map<String, ApiServerFailure> failures) {
    refusals.replaceAll(
        (namespace, before) -> {
          Optional<ApiServerFailure> refusal =
              Optional.ofNullable(failures.get(namespace))
                  .filter(failure -> failure.kind() == ApiServerFailure.Kind.FORBIDDEN);
          Optional<ApiServerFailure> now =
              refusal.isPresent() || listed.contains(namespace) ? refusal : before;
          if (before.isEmpty() && now.isPresent()) {
            log.atWarn()
                .addKeyValue("namespace", namespace)
                .log("Namespace is not watched: {}", now.get().text());
          } else if (before.isPresent() && now.isEmpty()) {
            log.atInfo().addKeyValue("namespace", namespace).log("Namespace can be watched again");
          }
          return now;
        });
  }

  /** The configured namespaces that the API server does not forbid. */
  public synchronized Set<String> accessible() {
    Set<String> accessible = new TreeSet<>();
    refusals.forEach(
        (namespace, refusal) -> {
          if (refusal.isEmpty()) {
            accessible.add(namespace);
          }
        });
    return accessible;
  }

  /** One line with the cause for each namespace that is not watched. */
  public synchronized List<String> details() {
    List<String> lines = new ArrayList<>();
    refusals.forEach(
        (namespace, refusal) ->
            refusal.ifPresent(
                failure ->
                    lines.add("namespace " + namespace + " is not watched: " + failure.text())));
    return lines;
  }
}
