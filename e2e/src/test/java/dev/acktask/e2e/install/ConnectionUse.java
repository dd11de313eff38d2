package dev.acktask.e2e.install;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.TeamRights;
import dev.acktask.e2e.connections.ConnectionYaml;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.simulator.SimulatedAccount;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.account.OidcTrust;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.OidcProvider;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The use of each kind of connection and credential in one namespace, whose team grants its own
 * Secret {@code team} and its ServiceAccount {@code reader} to the operator.
 */
final class ConnectionUse {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String REGION = "cn-hangzhou";
  private static final String CLUSTER_KIND = "ClusterAckConnection";
  private static final int EDITS = 10;

  private final ControlPlane controlPlane;
  private final Installation installation;
  private final String namespace;

  ConnectionUse(ControlPlane controlPlane, Installation installation, String namespace) {
    this.controlPlane = controlPlane;
    this.installation = installation;
    this.namespace = namespace;
  }

  /** The Secret of the ClusterAckConnection for a namespace, in that of the release. */
  static String sharedSecret(String namespace) {
    return "shared-" + namespace;
  }

  /** What the team grants. */
  List<Right> grantedByTheTeam() {
    return List.of(
        new Right("get", "/secrets", "team", namespace),
        new Right("create", "/serviceaccounts/token", "reader", namespace));
  }

  /** Creates all of it, and returns once the operator has used it. */
  void run() {
    TeamRights rights =
        new TeamRights(
            controlPlane.admin(),
            namespace,
            TeamRights.serviceAccount(installation.namespace(), installation.account()));
    rights.grantSecrets("team");
    rights.grantTokens("reader");
    useSecret();
    useServiceAccount();
    useClusterConnection();
  }

  /** Edits the connections until a status write of each kind meets a conflict. */
  void provokeConflicts(AuditLog log) {
    provokeConflict("AckConnection", "team", log);
    provokeConflict(CLUSTER_KIND, shared(), log);
  }

  private void useSecret() {
    createSecret(namespace, "team");
    apply(ConnectionYaml.namespaced(namespace, "team", REGION).withSecret("team"));
    follow("secret", "AckConnection", "team");
    tasks().awaitPhase("secret", "Succeeded", SOON);
  }

  private void useServiceAccount() {
    String role = "reader-of-" + namespace;
    RamArn provider = RamArn.oidcProvider(Simulator.DEFAULT_ACCOUNT, "cluster");
    SimulatedAccount account = installation.cloud().account(Simulator.DEFAULT_ACCOUNT);
    account.putProvider(OidcProvider.of("cluster", "https://kubernetes.default.svc"));
    account.putRole(
        Role.of(role)
            .trusting(
                OidcTrust.of(provider, "system:serviceaccount:%s:reader".formatted(namespace))));
    controlPlane.kubectl("create", "serviceaccount", "reader", "-n", namespace).orThrow();
    apply(
        ConnectionYaml.namespaced(namespace, "keyless", REGION)
            .with(
                "credentials",
                "{workloadIdentity: {serviceAccountName: reader, roleArn: '%s', oidcProviderArn: '%s'}}"
                    .formatted(RamArn.role(Simulator.DEFAULT_ACCOUNT, role), provider)));
    follow("token", "AckConnection", "keyless");
    tasks().awaitPhase("token", "Succeeded", SOON);
  }

  /** At first the namespace lacks the label; then the connection lacks its Secret. */
  private void useClusterConnection() {
    apply(
        ConnectionYaml.cluster(shared(), REGION)
            .withSecret(shared())
            .with(
                "allowedNamespaces",
                "{from: Selector, selector: {matchLabels: {example.com/team: %s}}}"
                    .formatted(namespace)));
    follow("shared", CLUSTER_KIND, shared());
    awaitSynced("ConnectionNotAllowed");
    controlPlane
        .kubectl("label", "namespace", namespace, "example.com/team=" + namespace)
        .orThrow();
    awaitSynced("CredentialsMissing");
    createSecret(installation.namespace(), shared());
    tasks().awaitPhase("shared", "Succeeded", SOON);
  }

  private void provokeConflict(String kind, String name, AuditLog log) {
    String resource = "acktask.dev/" + kind.toLowerCase(Locale.ROOT) + "s";
    await()
        .atMost(SOON)
        .until(
            () -> {
              for (int i = 0; i < EDITS; i++) {
                patch(kind, name, Map.of("spec", Map.of("burst", 100 + i)));
                patch(kind, name, Map.of("metadata", Map.of("labels", Map.of("edit", "e" + i))));
              }
              return log.uses(installation.user()).stream()
                  .anyMatch(use -> use.verb().equals("get") && use.resource().equals(resource));
            });
  }

  private void patch(String kind, String name, Map<String, ?> change) {
    var all = controlPlane.admin().genericKubernetesResources(AckTasks.API_VERSION, kind);
    PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
    String json = Serialization.asJson(change);
    if (kind.equals(CLUSTER_KIND)) {
      all.withName(name).patch(merge, json);
    } else {
      all.inNamespace(namespace).withName(name).patch(merge, json);
    }
  }

  /** The ClusterAckConnection of the namespace, and its Secret. */
  private String shared() {
    return sharedSecret(namespace);
  }

  private AckTasks tasks() {
    return installation.tasks(namespace);
  }

  /** A task that has succeeded. */
  private void follow(String name, String kind, String connection) {
    String taskId = "T-" + name + "-" + namespace;
    installation.cloud().answers(taskId, Answers.success(taskId));
    tasks()
        .create(
            name,
            Map.of("taskId", taskId, "connectionRef", Map.of("kind", kind, "name", connection)));
  }

  private void awaitSynced(String reason) {
    await()
        .atMost(SOON)
        .until(() -> AckTasks.reason(tasks().get("shared"), "Synced").equals(reason));
  }

  private void createSecret(String where, String name) {
    controlPlane
        .kubectl(
            "create",
            "secret",
            "generic",
            name,
            "--namespace=" + where,
            "--from-literal=accessKeyId=" + Installation.ACCESS_KEY_ID,
            "--from-literal=accessKeySecret=" + Installation.ACCESS_KEY_SECRET)
        .orThrow();
  }

  private void apply(ConnectionYaml connection) {
    controlPlane
        .admin()
        .load(new ByteArrayInputStream(connection.toString().getBytes(StandardCharsets.UTF_8)))
        .create();
  }
}
