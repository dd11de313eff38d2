package dev.acktask.e2e.history;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that is known of one test.
 *
 * @param versions in the order in which they were stored
 * @param answers in the order of the requests
 * @param secretReads of the operator
 * @param texts whatever people or machines can read, by where it was found: logs, events, metrics
 * @param canaries secrets that were planted
 * @param ownSecrets {@code namespace/name} of those that objects of that namespace name
 * @param calmSince when the last fault ended; the start, if there was none
 * @param end when the recording ended
 */
public record History(
    List<ObjectVersion> versions,
    List<CloudAnswer> answers,
    List<SecretRead> secretReads,
    Map<String, String> texts,
    Set<String> canaries,
    Set<String> ownSecrets,
    Bounds bounds,
    Instant calmSince,
    Instant end) {
  public History {
    versions = List.copyOf(versions);
    answers = List.copyOf(answers);
    secretReads = List.copyOf(secretReads);
    texts = Map.copyOf(texts);
    canaries = Set.copyOf(canaries);
    ownSecrets = Set.copyOf(ownSecrets);
  }

  /** The versions of each object that ever was; one recreated under its name is another one. */
  Collection<List<ObjectVersion>> lives() {
    return versions.stream()
        .collect(Collectors.groupingBy(ObjectVersion::uid, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /** The answers that an object could have been told: for its task and cluster, in its life. */
  List<CloudAnswer> answersFor(List<ObjectVersion> life) {
    ObjectVersion first = life.get(0);
    return answers.stream()
        .filter(answer -> answer.taskId().equals(first.taskId()))
        .filter(answer -> !answer.asked().isBefore(first.created()))
        .filter(answer -> answer.mayBeOf(first.clusterId()))
        .toList();
  }
}
