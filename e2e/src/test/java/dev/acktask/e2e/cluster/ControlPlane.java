package dev.acktask.e2e.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  /** Of the controllers, those that touch objects of users; the others would only take time. */
  private static final String CONTROLLERS =
      String.join(
          ",",
          "clusterrole-aggregation-controller",
          "garbage-collector-controller",
          "namespace-controller",
          "resourcequota-controller",
          "root-ca-certificate-publisher-controller",
          "serviceaccount-controller");

  /** The namespace of {@link #startWithChart}. */
  public static final String OURS = "acktask-system";

  /** The pod of these values never runs; tests start the operator as a process. */
  private static final String VALUES =
      "{region: cn-hangzhou, credentials: {existingSecret: acktask-credentials},"
          + " image: {repository: registry.example.com/acktask-operator}}";

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration TOKEN_LIFE = Duration.ofHours(6);

  private final ControlPlaneBinaries binaries;
  private final Path folder;
  private final Path logs;
  private final FreePorts ports = new FreePorts();
  private final ProcessReaper reaper = new ProcessReaper();
  private final AtomicInteger namespaces = new AtomicInteger();
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
    this.logs = Files.createDirectories(folder.resolve("logs"));
    this.etcdClients = URI.create("http://127.0.0.1:" + ports.next());
    this.etcd = newEtcd(etcdClients);
    etcd.launch();
    this.authority = CertificateAuthority.create(folder.resolve("certificates"));
    this.server = URI.create("https://127.0.0.1:" + ports.next());
    this.adminKubeconfig =
        new Kubeconfig(server, authority)
            .withCertificate(
                folder.resolve("admin.kubeconfig"),
                "admin",
                authority.issueClient("admin", "system:masters"));
    this.apiServer = newApiServer();
    this.controllerManager = binaries.controllerManager().map(this::newControllerManager);
    this.admin = client(adminKubeconfig);
  }

  /**
   * Starts all of it and waits until it is ready.
   *
   * @param folder for keys, data and logs of this run; what is in it is deleted
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
   * The same with the chart installed: the CRD is established, and the ServiceAccount has its
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
    return logs.resolve("audit.log");
  }

  /** For servers that stand between a client and the API server. */
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
    String name = prefix + "-" + namespaces.incrementAndGet();
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
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
    return folder.resolve("etcd");
  }

  /** Thaws and starts again whatever a test left frozen or dead, and waits until all is well. */
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

  private ManagedProcess newEtcd(URI clients) {
    String peers = "http://127.0.0.1:" + ports.next();
    List<String> command =
        List.of(
            binaries.etcd().toString(),
            "--name=default",
            "--data-dir=" + etcdData(),
            "--listen-client-urls=" + clients,
            "--advertise-client-urls=" + clients,
            "--listen-peer-urls=" + peers,
            "--initial-advertise-peer-urls=" + peers,
            "--initial-cluster=default=" + peers,
            // The data need not outlive the machine, and fsync is what takes etcd's time.
            "--unsafe-no-fsync",
            "--snapshot-count=10000",
            "--log-level=warn");
    return process("etcd", command, new HttpProbe(clients.resolve("/health")));
  }

  private ManagedProcess newApiServer() throws IOException {
    CertificateAuthority.Issued serving = authority.issueServer("kube-apiserver");
    Path tokenKey = tokenKey();
    Path auditPolicy = folder.resolve("audit-policy.yaml");
    try (InputStream policy = ControlPlane.class.getResourceAsStream("/audit-policy.yaml")) {
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
            "--audit-log-path=" + auditLog(),
            "--audit-log-mode=blocking",
            // Else a stop takes the minute that a watch may live on.
            "--shutdown-watch-termination-grace-period=1s");
    return process(
        "kube-apiserver", command, new HttpProbe(server.resolve("/readyz"), authority.trusting()));
  }

  private ManagedProcess newControllerManager(Path binary) {
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
        logs.resolve(name + ".log"),
        reaper,
        TIMEOUT,
        ready);
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
