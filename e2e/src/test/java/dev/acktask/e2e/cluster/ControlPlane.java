package dev.acktask.e2e.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running control plane. Nodes are missing, so pods are stored and never run; everything else is
 * as in a real cluster: RBAC, the admission plug-ins of a default installation, ServiceAccount
 * tokens, TLS that clients verify, and the controllers that an AckTask can meet.
 *
 * <p>Each process is a {@link ManagedProcess} that a test may stop, kill, freeze and start again;
 * addresses, data and certificates survive that. {@link #heal()} undoes all of it.
 */
public final class ControlPlane implements AutoCloseable {
  /** The namespace of {@link #startWithChart}. */
  public static final String OURS = "acktask-system";

  /** The pod of these values never runs; tests start the operator as a process. */
  public static final String VALUES =
      "{region: cn-hangzhou, credentials: {existingSecret: acktask-credentials},"
          + " image: {repository: registry.example.com/acktask-operator}}";

  private static final Duration TOKEN_LIFE = Duration.ofHours(6);

  /** Counts for all control planes, so that names of folders that contain a namespace differ. */
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private final ControlPlaneBinaries binaries;
  private final Path folder;
  private final ProcessReaper reaper = new ProcessReaper();
  private final CertificateAuthority authority;
  private final URI etcdClients;
  private final URI server;
  private final Path adminKubeconfig;
  private final ManagedProcess etcd;
  private final ManagedProcess apiServer;
  private final Optional<ManagedProcess> controllerManager;
  private final KubernetesClient admin;

  private ControlPlane(ControlPlaneBinaries binaries, Path folder) throws IOException {
    this.binaries = binaries;
    this.folder = folder;
    FreePorts ports = new FreePorts();
    ControlPlaneProcesses processes = new ControlPlaneProcesses(binaries, folder, ports, reaper);
    this.etcdClients = URI.create("http://127.0.0.1:" + ports.next());
    this.etcd = processes.etcd(etcdClients);
    etcd.launch();
    this.authority = CertificateAuthority.create(folder.resolve("certificates"));
    this.server = URI.create("https://127.0.0.1:" + ports.next());
    this.adminKubeconfig =
        new Kubeconfig(server, authority)
            .withCertificate(
                folder.resolve("admin.kubeconfig"),
                "admin",
                authority.issueClient("admin", "system:masters"));
    this.apiServer = processes.apiServer(server, etcdClients, authority);
    this.controllerManager =
        binaries
            .controllerManager()
            .map(binary -> processes.controllerManager(binary, server, authority));
    this.admin = client(adminKubeconfig);
  }

  /**
   * Starts all of it and waits until it is ready.
   *
   * @param folder for keys, data and logs of this run; its content is deleted
   */
  public static ControlPlane start(ControlPlaneBinaries binaries, Path folder) {
    ControlPlane controlPlane;
    try {
      Folders.empty(folder);
      controlPlane = new ControlPlane(binaries, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      controlPlane.etcd.awaitReady();
      controlPlane.apiServer.start();
      controlPlane.controllerManager.ifPresent(ManagedProcess::start);
      return controlPlane;
    } catch (RuntimeException e) {
      controlPlane.close();
      throw e;
    }
  }

  /**
   * The same with the chart installed: its CRDs are established, and the ServiceAccount has its
   * rights.
   */
  public static ControlPlane startWithChart(ControlPlaneBinaries binaries, Path folder) {
    ControlPlane controlPlane = start(binaries, folder);
    try {
      controlPlane.kubectl("create", "namespace", OURS).orThrow();
      controlPlane.release("acktask-operator", OURS).install(HelmRelease.CHART, VALUES);
      controlPlane
          .kubectl("wait", "crd", "--all", "--for=condition=Established", "--timeout=60s")
          .orThrow();
      return controlPlane;
    } catch (RuntimeException e) {
      controlPlane.close();
      throw e;
    }
  }

  /** A client that may do everything. */
  public KubernetesClient admin() {
    return admin;
  }

  /** Where the API server listens; stays the same when it is started again. */
  public URI server() {
    return server;
  }

  /** Where etcd listens, without TLS. */
  public URI etcdClients() {
    return etcdClients;
  }

  /** The audit log, one JSON object per line. */
  public Path auditLog() {
    return ControlPlaneProcesses.auditLog(folder);
  }

  /** For servers between a client and the API server. */
  public CertificateAuthority authority() {
    return authority;
  }

  /** Kills its watched processes at the end of this JVM. */
  public ProcessReaper reaper() {
    return reaper;
  }

  public Path adminKubeconfig() {
    return adminKubeconfig;
  }

  /** A new file with a fresh token of that ServiceAccount, which must exist. */
  public Path kubeconfigFor(String namespace, String serviceAccount) {
    return kubeconfigFor(namespace, serviceAccount, server);
  }

  /** The same for a proxy at {@code through}, which must present our authority's certificate. */
  public Path kubeconfigFor(String namespace, String serviceAccount, URI through) {
    String token = tokenFor(namespace, serviceAccount);
    try {
      Path file =
          Files.createTempFile(
              Files.createDirectories(folder.resolve("kubeconfigs")),
              namespace + "." + serviceAccount + ".",
              ".kubeconfig");
      return new Kubeconfig(through, authority).withToken(file, namespace, serviceAccount, token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fresh token of that ServiceAccount, which must exist. */
  public String tokenFor(String namespace, String serviceAccount) {
    return admin
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(serviceAccount)
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_LIFE.toSeconds())
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }

  /** A client under a kubeconfig; the caller closes it. */
  public static KubernetesClient client(Path kubeconfig) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }

  /** Runs kubectl as administrator. */
  public CommandResult kubectl(String... arguments) {
    return kubectlAs(adminKubeconfig).run(arguments);
  }

  /** kubectl under another identity. */
  public Kubectl kubectlAs(Path kubeconfig) {
    return new Kubectl(binaries.kubectl(), kubeconfig, folder.resolve("kubectl"));
  }

  /** A release of that name, installed or not. */
  public HelmRelease release(String name, String namespace) {
    return new HelmRelease(adminKubeconfig, name, namespace);
  }

  /** Creates a separate namespace for a test and returns its name. */
  public String createNamespace(String prefix) {
    String name = prefix + "-" + NAMESPACES.incrementAndGet();
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  /**
   * Deletes the objects of an earlier class for which an operator that watches all namespaces would
   * act: it would use their credentials, and create their AckTasks. Without the CRDs there are
   * none.
   */
  void deleteLeftovers() {
    kubectl(
        "delete",
        "acktaskdiscoveries,acktaskgates,ackconnections,clusterackconnections",
        "--all",
        "--all-namespaces",
        "--wait=false");
  }

  public ManagedProcess etcd() {
    return etcd;
  }

  public ManagedProcess apiServer() {
    return apiServer;
  }

  /** Empty when the binaries came without it; namespaces then never end. */
  public Optional<ManagedProcess> controllerManager() {
    return controllerManager;
  }

  /**
   * Copies what etcd stores at this moment into {@code folder}; etcd is stopped for it.
   *
   * @return what {@link #restoreEtcd} takes
   */
  public Path backUpEtcd(Path folder) {
    Path backup = folder.resolve("etcd-backup");
    etcd.kill();
    try {
      Folders.copy(etcdData(), backup);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    heal();
    return backup;
  }

  /** Starts all processes again on the data of {@code backup}, as after the loss of a cluster. */
  public void restoreEtcd(Path backup) {
    controllerManager.ifPresent(ManagedProcess::kill);
    apiServer.kill();
    etcd.kill();
    try {
      Folders.empty(etcdData());
      Folders.copy(backup, etcdData());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    heal();
  }

  private Path etcdData() {
    return ControlPlaneProcesses.etcdData(folder);
  }

  /** Thaws frozen processes, restarts dead ones, and waits until all are ready. */
  public void heal() {
    List<ManagedProcess> processes = new ArrayList<>(List.of(etcd, apiServer));
    controllerManager.ifPresent(processes::add);
    for (ManagedProcess process : processes) {
      if (process.isAlive()) {
        process.thaw();
      } else {
        process.launch();
      }
      process.awaitReady();
    }
  }

  @Override
  public void close() {
    admin.close();
    controllerManager.ifPresent(ManagedProcess::close);
    apiServer.close();
    etcd.close();
    reaper.close();
  }
}
