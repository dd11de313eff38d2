package dev.acktask.e2e.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.simulator.SimulatorObserver;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.signature.Credential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Records all AckTasks and AckTaskGates of one namespace, all answers of one cloud, all
 * connections, and all Secrets that the operator reads. A test reports its own actions with {@link
 * #forged}, {@link #expect} and {@link #calm}.
 */
public final class HistoryRecorder implements AutoCloseable, SimulatorObserver {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ControlPlane controlPlane;
  private final List<EtcdWatch> tasks = new CopyOnWriteArrayList<>();
  private final List<EtcdWatch> gates = new CopyOnWriteArrayList<>();
  private final List<EtcdWatch> connections;
  private final String account;
  private final long auditBegan;
  private final Queue<RequestRecord> served = new ConcurrentLinkedQueue<>();
  private final Set<Long> forged = ConcurrentHashMap.newKeySet();
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> canaries = ConcurrentHashMap.newKeySet();
  private Bounds bounds;
  private Instant calmSince = Instant.now();

  /**
   * Starts recording; pass it to the simulator as its observer.
   *
   * @param operator user name of the operator
   */
  public HistoryRecorder(
      ControlPlane controlPlane, String namespace, String operator, Bounds bounds) {
    this.controlPlane = controlPlane;
    this.account = operator;
    this.bounds = bounds;
    this.auditBegan = auditLines().size();
    alsoRecord(namespace);
    this.connections = List.of(watch("ackconnections", ""), watch("clusterackconnections", ""));
  }

  /** Records the AckTasks and the gates of one more namespace. */
  public void alsoRecord(String namespace) {
    tasks.add(watch("acktasks", namespace));
    gates.add(watch("acktaskgates", namespace));
  }

  @Override
  public void served(RequestRecord answer) {
    served.add(answer);
  }

  /** The version {@code resourceVersion} has a status that the test wrote. */
  public void forged(String resourceVersion) {
    forged.add(Long.valueOf(resourceVersion));
  }

  /** Sets the allowed time and work of this test. */
  public void expect(Bounds other) {
    bounds = other;
  }

  /** Reports the end of the last fault. */
  public void calm() {
    calmSince = Instant.now();
  }

  /** Adds a text that must not occur in any output. */
  public void plant(String canary) {
    canaries.add(canary);
  }

  @Override
  public void issued(Credential session) {
    plant(session.accessKeySecret());
    session.securityToken().ifPresent(this::plant);
  }

  /** The first part of a token says only how it is signed. */
  @Override
  public void presented(String oidcToken) {
    Arrays.stream(oidcToken.split("\\.")).skip(1).forEach(this::plant);
  }

  /** Adds readable output: a log, the events, the metrics. */
  public void text(String source, String content) {
    texts.put(source, content);
  }

  /** The recorded history so far. */
  public History history() {
    return new History(
        new History.Objects(versions(tasks), versions(gates)),
        calls(),
        new History.SecretAccess(secretReads(), namedSecrets()),
        new History.Output(texts, canaries),
        bounds,
        new History.Period(calmSince, Instant.now()));
  }

  private List<ObjectVersion> versions(List<EtcdWatch> watches) {
    return changes(watches).stream()
        .map(
            change ->
                new ObjectVersion(
                    change.observedAt(),
                    change.revision(),
                    change.deleted(),
                    forged.contains(change.revision()),
                    change.value()))
        .toList();
  }

  private CloudCalls calls() {
    List<CloudAnswer> answers =
        served.stream()
            .filter(answer -> answer.taskId().isPresent())
            .map(CloudAnswer::of)
            .sorted(Comparator.comparing(CloudAnswer::asked))
            .toList();
    List<ListCall> lists =
        served.stream()
            .filter(ListCall::is)
            .map(ListCall::of)
            .sorted(Comparator.comparing(ListCall::asked))
            .toList();
    return new CloudCalls(answers, lists);
  }

  /**
   * Number of lists of the tasks of {@code clusterId} so far, one for each page. They are no polls,
   * and no invariant counts them.
   */
  public long lists(String clusterId) {
    return served.stream()
        .filter(ListCall::is)
        .filter(call -> call.clusterId().filter(clusterId::equals).isPresent())
        .count();
  }

  @Override
  public void close() {
    tasks.forEach(EtcdWatch::close);
    gates.forEach(EtcdWatch::close);
    connections.forEach(EtcdWatch::close);
  }

  private EtcdWatch watch(String resource, String namespace) {
    return new EtcdWatch(controlPlane.etcdClients(), resource, namespace);
  }

  private static List<EtcdWatch.Change> changes(List<EtcdWatch> watches) {
    return watches.stream()
        .flatMap(watch -> watch.changes().stream())
        .sorted(Comparator.comparingLong(EtcdWatch.Change::revision))
        .toList();
  }

  private Set<String> namedSecrets() {
    String namespace = account.replaceFirst("^system:serviceaccount:([^:]+):.*", "$1");
    return changes(connections).stream()
        .flatMap(change -> NamedSecrets.of(change.value(), namespace).stream())
        .collect(Collectors.toSet());
  }

  private List<SecretRead> secretReads() {
    List<SecretRead> reads = new ArrayList<>();
    try {
      for (String line : auditLines().stream().skip(auditBegan).toList()) {
        JsonNode event = JSON.readTree(line);
        JsonNode secret = event.path("objectRef");
        if (secret.path("resource").asText().equals("secrets")
            && event.at("/user/username").asText().equals(account)) {
          reads.add(
              new SecretRead(
                  event.path("verb").asText(),
                  secret.path("namespace").asText(),
                  secret.path("name").asText()));
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return reads;
  }

  private List<String> auditLines() {
    Path log = controlPlane.auditLog();
    try {
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
