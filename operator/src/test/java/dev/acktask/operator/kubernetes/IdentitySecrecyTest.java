package dev.acktask.operator.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Secrets and tokens are in no log line, with every logger of the process at trace. */
final class IdentitySecrecyTest {
  private static final String CANARY = "CANARYvalue";
  private static final String ENCODED = Base64.getEncoder().encodeToString(CANARY.getBytes(UTF_8));
  private static final String SECRET =
      """
      {"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "a", "namespace": "n"},
       "data": {"accessKeySecret": "%s"}}
      """
          .formatted(ENCODED);
  private static final String TOKEN = "{\"status\": {\"token\": \"" + CANARY + "\"}}";
  private static final String STATUS =
      "{\"kind\": \"Status\", \"message\": \"" + CANARY + "\", \"reason\": \"x\"}";

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Level before = Level.WARN;

  @BeforeEach
  void listen() {
    before = root.getLevel();
    root.setLevel(Level.TRACE);
    lines.start();
    root.addAppender(lines);
  }

  @AfterEach
  void stop() {
    root.detachAppender(lines);
    root.setLevel(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 403, 404, 500})
  void shouldLogNothingOfASecretOrToken(int code) throws IOException {
    List<String> bodies =
        List.of(
            SECRET,
            SECRET.substring(0, SECRET.length() - 3),
            TOKEN,
            TOKEN.replace('{', '['),
            STATUS);

    try (IdentityServer server = new IdentityServer();
        KubernetesClient client = KubernetesClients.forIdentities()) {
      for (String body : bodies) {
        server.answerJson(code, body);
        new KubernetesSecrets(client).read("n", "a");
        new KubernetesTokens(client).request("n", "a", "sts.aliyuncs.com");
      }
      assertEquals(2 * bodies.size(), server.requests().size());
    }

    List.copyOf(lines.list).forEach(IdentitySecrecyTest::assertHoldsNoCanary);
  }

  private static void assertHoldsNoCanary(ILoggingEvent line) {
    String thrown =
        line.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(line.getThrowableProxy());
    String text = line.getFormattedMessage() + line.getKeyValuePairs() + thrown;
    assertFalse(text.contains(CANARY) || text.contains(ENCODED), text);
  }
}
