package dev.acktask.e2e.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The commands of the processes of a {@link ControlPlane}; none is started here. */
final class ControlPlaneProcesses {
  /** The controllers that change objects of users; the others only take time. */
  private static final String CONTROLLERS =
      String.join(
          ",",
          "clusterrole-aggregation-controller",
          "garbage-collector-controller",
          "namespace-controller",
          "resourcequota-controller",
          "root-ca-certificate-publisher-controller",
          "serviceaccount-controller");

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final ControlPlaneBinaries binaries;
  private final Path folder;
  private final FreePorts ports;
  private final ProcessReaper reaper;

  /**
   * @param folder for keys, data and logs
   */
  ControlPlaneProcesses(
      ControlPlaneBinaries binaries, Path folder, FreePorts ports, ProcessReaper reaper) {
    this.binaries = binaries;
    this.folder = folder;
    this.ports = ports;
    this.reaper = reaper;
  }

  /** Where the data of etcd are in the folder of a control plane. */
  static Path etcdData(Path folder) {
    return folder.resolve("etcd");
  }

  /** Where the audit log is in the folder of a control plane. */
  static Path auditLog(Path folder) {
    return logs(folder).resolve("audit.log");
  }

  private static Path logs(Path folder) {
    return folder.resolve("logs");
  }

  ManagedProcess etcd(URI clients) {
    String peers = "http://127.0.0.1:" + ports.next();
    List<String> command =
        List.of(
            binaries.etcd().toString(),
            "--name=default",
            "--data-dir=" + etcdData(folder),
            "--listen-client-urls=" + clients,
            "--advertise-client-urls=" + clients,
            "--listen-peer-urls=" + peers,
            "--initial-advertise-peer-urls=" + peers,
            "--initial-cluster=default=" + peers,
            // The data need not survive the machine, and fsync is the main cost of etcd.
            "--unsafe-no-fsync",
            "--snapshot-count=10000",
            "--log-level=warn");
    return process("etcd", command, new HttpProbe(clients.resolve("/health")));
  }

  ManagedProcess apiServer(URI server, URI etcdClients, CertificateAuthority authority)
      throws IOException {
    CertificateAuthority.Issued serving = authority.issueServer("kube-apiserver");
    Path tokenKey = tokenKey();
    Path auditPolicy = folder.resolve("audit-policy.yaml");
    try (InputStream policy =
        ControlPlaneProcesses.class.getResourceAsStream("/audit-policy.yaml")) {
      Files.copy(Objects.requireNonNull(policy), auditPolicy);
    }
    List<String> command =
        List.of(
            binaries.apiServer().toString(),
            "--etcd-servers=" + etcdClients,
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--secure-port=" + server.getPort(),
            "--endpoint-reconciler-type=none",
            "--tls-cert-file=" + serving.certificate(),
            "--tls-private-key-file=" + serving.key(),
            "--client-ca-file=" + authority.certificate(),
            "--cert-dir=" + folder.resolve("certificates"),
            "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + tokenKey,
            "--service-account-signing-key-file=" + tokenKey,
            "--service-cluster-ip-range=10.96.0.0/16",
            "--audit-policy-file=" + auditPolicy,
            "--audit-log-path=" + auditLog(folder),
            "--audit-log-mode=blocking",
            // The default lets open watches delay a stop by a minute.
            "--shutdown-watch-termination-grace-period=1s");
    return process(
        "kube-apiserver", command, new HttpProbe(server.resolve("/readyz"), authority.trusting()));
  }

  ManagedProcess controllerManager(Path binary, URI server, CertificateAuthority authority) {
    URI health = URI.create("https://127.0.0.1:" + ports.next());
    String user = "system:kube-controller-manager";
    Path kubeconfig =
        new Kubeconfig(server, authority)
            .withCertificate(
                folder.resolve("controller-manager.kubeconfig"),
                "controller-manager",
                authority.issueClient(user));
    CertificateAuthority.Issued serving = authority.issueServer("kube-controller-manager");
    List<String> command =
        List.of(
            binary.toString(),
            "--kubeconfig=" + kubeconfig,
            "--controllers=" + CONTROLLERS,
            "--leader-elect=false",
            "--bind-address=127.0.0.1",
            "--secure-port=" + health.getPort(),
            "--tls-cert-file=" + serving.certificate(),
            "--tls-private-key-file=" + serving.key(),
            "--root-ca-file=" + authority.certificate(),
            // As in a real cluster, each controller has only the rights of its ServiceAccount.
            "--use-service-account-credentials=true",
            "--service-account-private-key-file=" + folder.resolve("certificates/tokens.key"),
            "--profiling=false");
    return process(
        "kube-controller-manager",
        command,
        new HttpProbe(health.resolve("/healthz"), authority.trusting()));
  }

  private ManagedProcess process(String name, List<String> command, HttpProbe ready) {
    return new ManagedProcess(
        name,
        command,
        Map.of("HOME", folder.toString()),
        logs(folder).resolve(name + ".log"),
        reaper,
        new ManagedProcess.Readiness(TIMEOUT, ready));
  }

  /** The key that signs ServiceAccount tokens. */
  private Path tokenKey() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return Files.writeString(
          folder.resolve("certificates/tokens.key"),
          Pem.of(generator.generateKeyPair().getPrivate()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
