package dev.acktask.operator.gate;

import dev.acktask.operator.gate.GateEvidence.ClusterList;
import dev.acktask.operator.gate.GateEvidence.Discovery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a NoneRunning gate reads; each call adds the list of a connection to a cluster. */
final class GateLists {
  private final Discovery discovery;
  private final Map<String, List<ClusterList>> clusters = new LinkedHashMap<>();
  private final List<GateTask> unfinished = new ArrayList<>();

  private GateLists(Discovery discovery) {
    this.discovery = discovery;
  }

  static GateLists active() {
    return new GateLists(Discovery.ACTIVE);
  }

  static GateLists of(Discovery discovery) {
    return new GateLists(discovery);
  }

  GateLists quiet(String clusterId) {
    return list(clusterId, new ClusterList(true, false, 0, List.of(), null));
  }

  GateLists running(String clusterId, int unfinished, String... examples) {
    return list(clusterId, new ClusterList(true, false, unfinished, List.of(examples), null));
  }

  /** Incomplete, or from before the gate. */
  GateLists unusable(String clusterId, int unfinished, String... examples) {
    return list(clusterId, new ClusterList(false, false, unfinished, List.of(examples), null));
  }

  GateLists outdated(String clusterId, int unfinished, String... examples) {
    return list(clusterId, new ClusterList(false, true, unfinished, List.of(examples), null));
  }

  GateLists list(String clusterId, ClusterList list) {
    clusters.computeIfAbsent(clusterId, id -> new ArrayList<>()).add(list);
    return this;
  }

  GateLists ackTask(GateTasks task) {
    unfinished.add(task.build());
    return this;
  }

  GateEvidence build() {
    return new GateEvidence.Lists(discovery, clusters, unfinished);
  }
}
