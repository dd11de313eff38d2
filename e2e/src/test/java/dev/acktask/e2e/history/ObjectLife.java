package dev.acktask.e2e.history;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One object from its creation on.
 *
 * @param versions at least one, in the order of their storage
 * @param answers for its task, region and cluster since its creation
 */
record ObjectLife(List<ObjectVersion> versions, List<CloudAnswer> answers) {
  ObjectLife {
    versions = List.copyOf(versions);
    answers = List.copyOf(answers);
  }

  ObjectVersion first() {
    return versions.get(0);
  }

  ObjectVersion last() {
    return versions.get(versions.size() - 1);
  }

  /** The regions in its statuses. */
  Set<String> regions() {
    return regions(versions);
  }

  /** The regions in the statuses of {@code versions}. */
  static Set<String> regions(List<ObjectVersion> versions) {
    return versions.stream()
        .map(ObjectVersion::region)
        .filter(region -> !region.isEmpty())
        .collect(Collectors.toSet());
  }

  /** The last generation of the spec. */
  long generations() {
    return versions.stream().mapToLong(ObjectVersion::generation).max().orElse(0);
  }

  /** Number of statuses that another writer wrote. */
  long forgeries() {
    return versions.stream().filter(ObjectVersion::forged).count();
  }

  /** A status of another writer stays forged until it changes. */
  boolean isForged(ObjectVersion version) {
    for (int i = versions.indexOf(version); i >= 0; i--) {
      if (!versions.get(i).status().equals(version.status())) {
        return false;
      }
      if (versions.get(i).forged()) {
        return true;
      }
    }
    return false;
  }

  /** True when the operator wrote the status between two versions. */
  static boolean isWrite(ObjectVersion before, ObjectVersion after) {
    return !after.forged() && !after.deleted() && !Objects.equals(before.status(), after.status());
  }

  Optional<CloudAnswer> firstFinalAnswer() {
    boolean strict = first().strict();
    return answers.stream().filter(answer -> answer.finalState(strict).isFinal()).findFirst();
  }

  /** True when an answer before {@code version} has {@code state}. */
  boolean wasAnswered(ObjectVersion version, FinalState state) {
    return answers.stream()
        .filter(answer -> !answer.asked().isAfter(version.observedAt()))
        .anyMatch(answer -> answer.finalState(version.strict()) == state);
  }
}
