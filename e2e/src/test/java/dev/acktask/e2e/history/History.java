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
 * @param objects the versions of the objects
 * @param calls to the cloud
 * @param secrets the operator's access to Secrets
 * @param output everything that can be read, with the secrets that must not be in it
 * @param bounds the allowed time and work
 * @param period of the recording
 */
public record History(
    Objects objects,
    CloudCalls calls,
    SecretAccess secrets,
    Output output,
    Bounds bounds,
    Period period) {
  /** The versions of the AckTasks, in the order of their storage. */
  public List<ObjectVersion> versions() {
    return objects.tasks();
  }

  /** The answers to the polls of tasks, in the order of the requests. */
  public List<CloudAnswer> answers() {
    return calls.answers();
  }

  /**
   * Versions in the order of their storage.
   *
   * @param gates of AckTaskGates
   */
  public record Objects(List<ObjectVersion> tasks, List<ObjectVersion> gates) {
    public Objects {
      tasks = List.copyOf(tasks);
      gates = List.copyOf(gates);
    }
  }

  /**
   * The operator's access to Secrets.
   *
   * @param reads all of them
   * @param named {@code namespace/name} of the Secrets that objects of that namespace name
   */
  public record SecretAccess(List<SecretRead> reads, Set<String> named) {
    public SecretAccess {
      reads = List.copyOf(reads);
      named = Set.copyOf(named);
    }
  }

  /**
   * Readable output.
   *
   * @param texts logs, events and metrics by their source
   * @param canaries secrets that were planted
   */
  public record Output(Map<String, String> texts, Set<String> canaries) {
    public Output {
      texts = Map.copyOf(texts);
      canaries = Set.copyOf(canaries);
    }
  }

  /**
   * The time of the recording.
   *
   * @param calmSince end of the last fault; the start if there was none
   * @param end end of the recording
   */
  public record Period(Instant calmSince, Instant end) {
    /** The time until which {@code answer} has to be in the status. */
    Instant deadline(CloudAnswer answer, Bounds bounds) {
      Instant reportable = answer.asked().isAfter(calmSince) ? answer.asked() : calmSince;
      return reportable.plus(bounds.reaction());
    }
  }

  /** The life of each object, by UID. */
  List<ObjectLife> lives() {
    Map<String, List<CloudAnswer>> byTask =
        answers().stream().collect(Collectors.groupingBy(CloudAnswer::taskId));
    Collection<List<ObjectVersion>> lives =
        versions().stream()
            .collect(
                Collectors.groupingBy(ObjectVersion::uid, LinkedHashMap::new, Collectors.toList()))
            .values();
    return lives.stream()
        .map(
            life ->
                new ObjectLife(
                    life, since(life, byTask.getOrDefault(life.get(0).taskId(), List.of()))))
        .toList();
  }

  /**
   * Those of {@code answers} that are for the cluster and the region of an object since its
   * creation. Two accounts can have tasks with the same id, but a test has them in two regions.
   */
  private static List<CloudAnswer> since(List<ObjectVersion> life, List<CloudAnswer> answers) {
    ObjectVersion first = life.get(0);
    Set<String> regions = ObjectLife.regions(life);
    return answers.stream()
        .filter(answer -> !answer.asked().isBefore(first.created()))
        .filter(answer -> answer.mayBeOf(first.clusterId()))
        .filter(
            answer ->
                regions.contains(answer.region())
                    || (regions.isEmpty() && !first.namesConnection()))
        .toList();
  }
}
