package dev.acktask.operator.connection;

import java.util.Map;
import java.util.Optional;

/** The labels of namespaces. */
@FunctionalInterface
public interface NamespaceLabels {
  /** None is known, so that no selector matches. */
  NamespaceLabels UNKNOWN = namespace -> Optional.empty();

  /** The labels of the namespace; empty if they are not known. */
  Optional<Map<String, String>> of(String namespace);
}
