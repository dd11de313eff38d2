package dev.acktask.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.RawClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line, run in this JVM. */
@Timeout(60)
class SimulatorCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... args) {
    return SimulatorMain.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void shouldExplainEveryOptionWhenAskedForHelp() {
    assertEquals(0, run("--help"));
    for (String option :
        new String[] {
          "--scripts",
          "--accounts",
          "--generate",
          "--generate-clusters",
          "--generate-history",
          "--list",
          "--speed",
          "--port",
          "--bind",
          "--tls-certificate",
          "--tls-key",
          "--port-file",
          "--access-key-id",
          "--access-key-secret",
          "--no-verify",
          "--latency",
          "--seed",
          "--record",
          "--verbose",
          "--version"
        }) {
      assertTrue(out.toString().contains(option), option);
    }
  }

  @Test
  void shouldNameItselfWhenAskedForVersion() {
    assertEquals(0, run("--version"));
    assertTrue(out.toString().startsWith("acktask-simulator "));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "--nonsense, Unknown option: '--nonsense'",
        "--port=x, 'x' is not an int",
        "--port=70000, --port takes a number from 0 to 65535",
        "--tls-key=/no/such/file, --tls-certificate and --tls-key are given together",
        "--speed=0, --speed takes a positive number",
        "--speed=NaN, --speed takes a positive number",
        "--generate=-1, --generate takes a number from 0 to 99999",
        "--generate-clusters=0, --generate-clusters takes a number from 1 to 1000",
        "--generate-history=-1, --generate-history takes a number from 0 to 10000",
        "--list=order=any, --list: 'order' is 'any'",
        "--list=nonsense=1, --list: unknown key 'nonsense'; known keys: order",
        "--latency=fast, 'fast': expected a duration such as 30s",
        "--latency=2s-1s, '2s-1s' goes from more to less",
        "--scripts=/no/such/file, /no/such/file: cannot be read",
        "--accounts=/no/such/file, /no/such/file: cannot be read"
      })
  void shouldPrintOneLineAndExitWithTwoWhenInputIsBad(String arg, String message) {
    assertEquals(2, run(arg));
    assertEquals(1, err.toString().lines().count());
    assertTrue(err.toString().startsWith("acktask-simulator: "), err.toString());
    assertTrue(err.toString().contains(message), err.toString());
  }

  @Test
  void shouldNameFileAndKeyWhenScriptIsWrong() throws IOException {
    Path script = Files.writeString(folder.resolve("wrong.yaml"), "taskID: T-1\n");
    assertEquals(2, run("--scripts", script.toString()));
    assertTrue(err.toString().contains("wrong.yaml: unknown key 'taskID'; known keys: taskId, "));
  }

  @Test
  void shouldRefuseWhenTwoScriptsAreForOneTask() throws IOException {
    String ready = "scripts/addon-install-succeeds.yaml";
    Path copy = Files.copy(Path.of(ready), folder.resolve("copy.yaml"));
    assertEquals(2, run("--scripts", ready, "--scripts", copy.toString()));
    assertTrue(err.toString().contains("copy.yaml: task install-addons-sim000000000a05 is also"));
  }

  @Test
  void shouldRefuseWhenAnAccountHasTheKeyOfTheDefaultAccount() throws IOException {
    Path accounts =
        Files.writeString(
            folder.resolve("accounts.yaml"),
            "accounts: [{id: 1000000000000001, keys: [{id: same, secret: canary-secret}]}]");
    assertEquals(2, run("--accounts", accounts.toString(), "--access-key-id", "same"));
    assertTrue(err.toString().contains("the key 'same' is that of --access-key-id"));
    assertFalse(err.toString().contains("canary"));
  }

  @Test
  void shouldServeTheAccountsOfTheFile() throws Exception {
    // given
    Path portFile = folder.resolve("port");
    Path accounts =
        Files.writeString(
            folder.resolve("accounts.yaml"),
            "accounts: [{id: 1000000000000001, keys: [{id: exampleKey, secret: canary-secret}],"
                + " regions: [{id: cn-beijing, scripts: ["
                + Path.of("scripts/addon-install-succeeds.yaml").toAbsolutePath()
                + "]}]}]");

    String request =
        """
        GET /clusters/c00000000000000000000000000000002/tasks HTTP/1.1
        Host: cs.cn-beijing.localhost
        Authorization: ACS3-HMAC-SHA256 Credential=exampleKey,x

        """;

    // when
    Thread program =
        Thread.ofPlatform()
            .start(() -> run("--accounts=" + accounts, "--no-verify", "--port-file=" + portFile));
    String answer;
    try {
      Awaitility.await().until(() -> Files.exists(portFile));
      try (RawClient client = new RawClient(Integer.parseInt(Files.readString(portFile).strip()))) {
        answer = client.send(request).readAnswer();
      }
    } finally {
      program.interrupt();
      program.join();
    }

    // then
    assertTrue(answer.contains("install-addons-sim000000000a05"), answer);
    assertTrue(out.toString().contains("1000000000000001  cn-beijing"), out.toString());
    assertTrue(out.toString().contains("exampleKey"));
    assertFalse(out.toString().contains("No tasks"));
    assertTrue(out.toString().contains("ACKTASK_ENDPOINT_PUBLIC='http://cs.{region}.localhost:"));
    assertTrue(out.toString().contains("ACKTASK_STS_ENDPOINT_PUBLIC='http://sts.{region}."));
    assertFalse(out.toString().contains("ACKTASK_DEFAULT_REGION"), out.toString());
    assertFalse(out.toString().contains("canary"));
  }

  @Test
  void shouldExitWithOneWhenPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(1, run("--port", String.valueOf(taken.getLocalPort())));
      assertTrue(err.toString().startsWith("acktask-simulator: cannot listen on 127.0.0.1:"));
    }
  }

  @Test
  void shouldServeAndRecordWithoutSecretsWhenRunning() throws Exception {
    Path portFile = folder.resolve("port");
    Path record = folder.resolve("record.jsonl");
    Thread program =
        Thread.ofPlatform()
            .start(
                () ->
                    run(
                        "--scripts=scripts",
                        "--generate=3",
                        "--verbose",
                        "--access-key-secret=canary-secret",
                        "--port-file=" + portFile,
                        "--record=" + record));
    try {
      Awaitility.await().until(() -> Files.exists(portFile));
      int port = Integer.parseInt(Files.readString(portFile).strip());
      try (RawClient client = new RawClient(port)) {
        client.send("GET /tasks/T-sim-00001 HTTP/1.1\r\n");
        client.send("Authorization: canary-auth\r\n");
        client.send("x-acs-security-token: canary-token\r\n\r\n");
        assertTrue(client.readAnswer().contains("IncompleteSignature"));
      }
      Awaitility.await().until(() -> Files.size(record) > 0);
      String line = Files.readString(record);
      assertTrue(line.contains("\"request\":\"GET /tasks/T-sim-00001 HTTP/1.1\""));
      assertTrue(line.contains("\"signature\":\"INCOMPLETE\""));
      assertFalse((line + out + err).contains("canary"));
      assertTrue(out.toString().contains("ACKTASK_ENDPOINT_PUBLIC=http://127.0.0.1:" + port));
      assertTrue(out.toString().contains("T-000000000000000000000a01"));
      assertTrue(err.toString().contains(" line=\"GET /tasks/T-sim-00001"));
    } finally {
      program.interrupt();
      program.join();
    }
  }
}
