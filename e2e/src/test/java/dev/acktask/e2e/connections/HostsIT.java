package dev.acktask.e2e.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.RegionSettings;
import dev.acktask.simulator.Simulator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogue F49 and F100: where the requests of a connection go. */
@OnControlPlane
class HostsIT {
  private static final int BAD_REQUEST = 400;
  private static final int INVALID = 422;

  /** Addresses that requests are never sent to, by region. The last name has a public one too. */
  private static final Map<String, List<String>> ADDRESSES =
      Map.of(
          "cn-loopback", List.of("127.0.0.1"),
          "cn-metadata", List.of("169.254.169.254"),
          "cn-alibaba-metadata", List.of("100.100.100.200"),
          "cn-private", List.of("10.0.0.1"),
          "cn-mapped", List.of("::ffff:169.254.169.254"),
          "cn-mixed", List.of("8.8.8.8", "127.0.0.1"));

  private final ControlPlane controlPlane;

  @TempDir private Path scratch;

  HostsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F100")
  void shouldStoreNoConnectionThatNamesAHost() {
    String namespace = controlPlane.createNamespace("hosts");
    for (String region :
        List.of(
            "evil.example",
            "cn-beijing.evil.example/",
            "user@evil.example",
            "127.0.0.1",
            "[::1]",
            "cn-beijing:8443",
            "cn\u3002evil",
            "cn-beijing#",
            "../cn-beijing",
            "{region}")) {
      assertEquals(INVALID, refusal(valid(namespace).with("regionId", quoted(region))), region);
    }
    for (String unknown : List.of("endpoint", "host", "proxy", "stsEndpoint")) {
      assertEquals(BAD_REQUEST, refusal(valid(namespace).with(unknown, "evil.example")), unknown);
    }
    assertEquals(
        BAD_REQUEST,
        refusal(
            valid(namespace).with("credentials", "{secretRef: {name: key, namespace: other}}")));
  }

  /** An older CRD may have accepted it. */
  @Test
  @Tag("F100")
  void shouldCallNoOtherHostWhenAStoredRegionNamesOne() throws IOException {
    Map<String, String> resolving = hosts("127.0.0.1 cs.evil.example cs.user evil.example");
    try (Simulator foreign = Simulator.builder().withoutVerification().start();
        Teams teams = Teams.start(controlPlane, "stored-host", resolving)) {
      // given
      expectWrites(teams);
      teams.putKey(teams.tasks(), Teams.ACCOUNT_A);
      String host = "evil.example:" + foreign.port();
      List<String> regions =
          List.of(
              host + "/",
              host + "?",
              host + "#",
              "user@" + host + "/",
              "evil\u3002example:" + foreign.port() + "/",
              "evil.example");

      // when
      for (int i = 0; i < regions.size(); i++) {
        String region = regions.get(i);
        teams.put(teams.connection(teams.tasks(), "stored-" + i).with("suspend", "true"));
        new EtcdStore(controlPlane.etcdClients())
            .edit(
                teams.tasks().namespace(),
                "stored-" + i,
                spec -> spec.put("suspend", false).put("regionId", region));
        teams.create(teams.tasks(), "task-" + i, "T-" + i, "stored-" + i);
      }

      // then
      for (int i = 0; i < regions.size(); i++) {
        String message = Synced.await(teams.tasks(), "task-" + i, "ConnectionInvalid").message();
        assertTrue(message.contains("spec.regionId"), message);
      }
      assertEquals(List.of(), teams.fixture().cloud().served());
      assertEquals(List.of(), foreign.served());
    }
  }

  @Test
  @Tag("F49")
  void shouldConnectToNoAddressThatIsNotPublic() throws IOException {
    try (ServerSocket node = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Teams teams = Teams.start(controlPlane, "addresses", publicOnly(node.getLocalPort()))) {
      // given
      AtomicInteger connections = new AtomicInteger();
      Thread.ofVirtual().start(() -> count(node, connections));
      expectWrites(teams);
      teams.putKey(teams.tasks(), Teams.ACCOUNT_A);

      // when
      for (String region : ADDRESSES.keySet()) {
        teams.put(
            ConnectionYaml.namespaced(teams.tasks().namespace(), region, region).withSecret("key"));
        teams.create(teams.tasks(), region, "T-" + region, region);
      }

      // then
      for (String region : ADDRESSES.keySet()) {
        String message = Synced.await(teams.tasks(), region, "ApiUnavailable").message();
        assertTrue(
            message.contains("resolves to an address that requests are never sent to"), message);
        assertEquals("Pending", teams.tasks().phase(region));
      }
      assertEquals(0, connections.get());
    }
  }

  /** Each refused region and each held task is a write; no region is polled. */
  private static void expectWrites(Teams teams) {
    teams
        .fixture()
        .recorder()
        .expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(3));
  }

  /** Without the plain text that allows every address, as in production. */
  private Map<String, String> publicOnly(int port) {
    StringBuilder lines = new StringBuilder();
    ADDRESSES.forEach(
        (region, addresses) ->
            addresses.forEach(
                address -> lines.append("%s cs.%s.aliyuncs.com%n".formatted(address, region))));
    Map<String, String> settings = new HashMap<>(hosts(lines.toString()));
    settings.put("ACKTASK_ALLOW_PLAINTEXT_ENDPOINT", "false");
    settings.put("ACKTASK_ENDPOINT_PUBLIC", "https://cs.{region}.aliyuncs.com:" + port);
    settings.put("ACKTASK_STS_ENDPOINT_PUBLIC", "https://sts.{region}.aliyuncs.com:" + port);
    return settings;
  }

  private Map<String, String> hosts(String lines) {
    return RegionSettings.resolving(
        scratch.resolve("hosts"), RegionSettings.hosts(Teams.REGIONS) + lines + "\n");
  }

  private static void count(ServerSocket server, AtomicInteger connections) {
    try {
      while (true) {
        server.accept().close();
        connections.incrementAndGet();
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private int refusal(ConnectionYaml connection) {
    HasMetadata object =
        controlPlane
            .admin()
            .getKubernetesSerialization()
            .unmarshal(connection.toString(), GenericKubernetesResource.class);
    return assertThrows(
            KubernetesClientException.class,
            () -> controlPlane.admin().resource(object).fieldValidation(Validation.STRICT).create(),
            connection::toString)
        .getCode();
  }

  private static ConnectionYaml valid(String namespace) {
    return ConnectionYaml.namespaced(namespace, "prod", Teams.REGION).withSecret("key");
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
