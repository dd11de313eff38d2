package dev.acktask.e2e.shards;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.HelmRelease;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.signature.Credential;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Two releases of the chart in one namespace with one operator each. Each operator has the
 * ServiceAccount, the Lease and the label selector of its release, and its own access key.
 */
final class Shards implements AutoCloseable {
  static final String LABEL = "acktask.dev/shard";

  private static final Pattern REQUEST = Pattern.compile("\"requestURI\":\"([^\"]+)\"");

  private final OperatorFixture fixture;
  private final Map<Shard, OperatorProcess> operators = new EnumMap<>(Shard.class);

  /** A release and what it selects. */
  enum Shard {
    /** Only the objects with the label. */
    A("acktask-operator-a", LABEL + "=a"),
    /** All others; the release that each control plane has. */
    REST("acktask-operator", LABEL + "!=a");

    private final String release;
    private final String selector;

    Shard(String release, String selector) {
      this.release = release;
      this.selector = selector;
    }

    private String accessKey() {
      return "STS." + release;
    }

    private String user() {
      return "system:serviceaccount:" + OperatorFixture.OPERATOR_NAMESPACE + ":" + release;
    }

    private HelmRelease in(ControlPlane controlPlane) {
      return controlPlane.release(release, OperatorFixture.OPERATOR_NAMESPACE);
    }
  }

  private Shards(ControlPlane controlPlane, String prefix) {
    this.fixture =
        OperatorFixture.prepare(
            controlPlane, prefix, Map.of("ACKTASK_LIVENESS_INTERVAL", "1s")); // the minimum
    // Each move causes a poll and may cause a write.
    fixture.recorder().expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(4));
    fixture.cloud().credentials(credential(Shard.A), credential(Shard.REST));
    for (Shard shard : Shard.values()) {
      fixture.recorder().plant(credential(shard).accessKeySecret());
    }
  }

  /** Starts both operators, and waits until both hold their Lease and work. */
  static Shards start(ControlPlane controlPlane, String prefix) {
    Shards shards = new Shards(controlPlane, prefix);
    try {
      Shard.A.in(controlPlane).install(HelmRelease.CHART, values(Shard.A));
      Shard.REST.in(controlPlane).upgrade(HelmRelease.CHART, values(Shard.REST));
      for (Shard shard : Shard.values()) {
        OperatorFixture.lease(controlPlane, shard.release).delete(); // of an earlier test
        shards.operators.put(shard, shards.replica(shard).launch());
      }
      shards.operators.values().forEach(OperatorProcess::awaitReady);
      return shards;
    } catch (RuntimeException e) {
      shards.close();
      throw e;
    }
  }

  OperatorFixture fixture() {
    return fixture;
  }

  OperatorProcess operator(Shard shard) {
    return operators.get(shard);
  }

  private OperatorProcess replica(Shard shard) {
    ControlPlane controlPlane = fixture.controlPlane();
    return fixture.replica(
        shard.name(),
        controlPlane.kubeconfigFor(OperatorFixture.OPERATOR_NAMESPACE, shard.release),
        environment(shard));
  }

  /** The process that holds the Lease of {@code shard}. */
  String holder(Shard shard) {
    return OperatorFixture.lease(fixture.controlPlane(), shard.release)
        .get()
        .getSpec()
        .getHolderIdentity()
        .replaceFirst("_.*", "");
  }

  /** Number of polls of the task with the access key of {@code shard}. */
  long polls(Shard shard, String taskId) {
    return fixture.cloud().served(taskId).stream()
        .filter(
            request ->
                Header.first(request.headers(), "x-acs-accesskey-id")
                    .filter(shard.accessKey()::equals)
                    .isPresent())
        .count();
  }

  /** The URIs of the lists of {@code shard}, without the one that checks its rights. */
  List<String> lists(Shard shard) {
    String folder = "/namespaces/" + fixture.tasks().namespace() + "/acktasks?";
    try (Stream<String> lines = Files.lines(fixture.controlPlane().auditLog())) {
      return lines
          .filter(line -> line.contains('"' + shard.user() + '"'))
          .map(REQUEST::matcher)
          .filter(Matcher::find)
          .map(request -> request.group(1).replace("\\u0026", "&"))
          .filter(uri -> uri.contains(folder) && uri.contains("limit=500"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      fixture.close();
    } finally {
      Shard.A.in(fixture.controlPlane()).uninstall();
      Shard.REST.in(fixture.controlPlane()).upgrade(HelmRelease.CHART, ControlPlane.VALUES);
    }
  }

  /** The settings that the Deployment of the release has for this shard, and the access key. */
  private Map<String, String> environment(Shard shard) {
    Map<String, String> environment = new HashMap<>();
    for (EnvVar variable :
        fixture
            .controlPlane()
            .admin()
            .apps()
            .deployments()
            .inNamespace(OperatorFixture.OPERATOR_NAMESPACE)
            .withName(shard.release)
            .get()
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst()
            .getEnv()) {
      if (variable.getName().matches("ACKTASK_(WATCH_LABEL_SELECTOR|LEASE_NAME|LEADER_ELECTION)")) {
        environment.put(variable.getName(), variable.getValue());
      }
    }
    Credential credential = credential(shard);
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", credential.accessKeyId());
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", credential.accessKeySecret());
    environment.put("ALIBABA_CLOUD_SECURITY_TOKEN", credential.securityToken().orElseThrow());
    return environment;
  }

  /** A temporary key, because its id is in a header of each request. */
  private static Credential credential(Shard shard) {
    return Credential.sts(shard.accessKey(), "secret-of-" + shard, "token-of-" + shard);
  }

  private static String values(Shard shard) {
    String more = ", watchLabelSelector: '" + shard.selector + "'";
    if (shard == Shard.A) {
      more += ", crds: {enabled: false}, admissionPolicy: {enabled: false}";
    }
    return ControlPlane.VALUES.replaceFirst("}$", more + "}");
  }
}
