package dev.acktask.e2e.history;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The recorded facts of one test.
 *
 * @param versions in the order of their storage
 * @param answers in the order of the requests
 * @param secretReads of the operator
 * @param texts all readable output by its source: logs, events, metrics
 * @param canaries secrets that were planted
 * @param ownSecrets {@code namespace/name} of the Secrets that objects of that namespace name
 * @param calmSince end of the last fault; the start if there was none
 * @param end end of the recording
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

  /** The versions of each object, by UID. */
  Collection<List<ObjectVersion>> lives() {
    return versions.stream()
        .collect(Collectors.groupingBy(ObjectVersion::uid, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /** The answers for the task and cluster of an object since its creation. */
  List<CloudAnswer> answersFor(List<ObjectVersion> life) {
    ObjectVersion first = life.get(0);
    return answers.stream()
        .filter(answer -> answer.taskId().equals(first.taskId()))
        .filter(answer -> !answer.asked().isBefore(first.created()))
        .filter(answer -> answer.mayBeOf(first.clusterId()))
        .toList();
  }
}
