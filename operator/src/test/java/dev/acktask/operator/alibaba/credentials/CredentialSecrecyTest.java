package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.PLATFORM;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.reader;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.secretOfPlatform;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.secretOfShop;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.workloadIdentity;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.acktask.operator.identity.SecretSource.SecretLookup;
import dev.acktask.operator.identity.TokenSource.TokenLookup;
import dev.acktask.simulator.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Keys, tokens, sessions and external ids are in no log line, message or text form, with the log at
 * trace.
 */
final class CredentialSecrecyTest {
  @AutoClose private final SimulatedAccounts cloud = new SimulatedAccounts();
  private final Logger log = (Logger) LoggerFactory.getLogger("dev.acktask");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Level before = log.getLevel();
  private final List<String> texts = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>(List.of("CANARY"));

  @BeforeEach
  void listen() {
    log.setLevel(Level.TRACE);
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void stop() {
    log.detachAppender(lines);
    log.setLevel(before);
  }

  @Test
  void shouldRevealNothingWhileEverythingWorks() {
    pollAll();
    cloud.time.pass(Duration.ofMinutes(50));
    pollAll();
    cloud.time.pass(Duration.ofMinutes(50));
    pollAll();

    assertRevealsNothing();
  }

  @Test
  void shouldRevealNothingWhenThingsFail() {
    // when
    cloud.simulator.outage(Response.error(403, "NoPermission", "CANARY"));
    pollAll();
    cloud.simulator.outage(
        Response.json(200, "{\"Credentials\":{\"AccessKeySecret\":\"CANARY\"}}"));
    pollAll();
    cloud.simulator.outage(Response.error(404, "InvalidAccessKeyId.NotFound", "CANARY"));
    pollAll();
    cloud.simulator.recover();
    cloud.simulator.account(PLATFORM).refuseRole("team");
    cloud.secrets.put("shop", "alibaba", "CANARY id", "CANARY secret");
    pollAll();
    cloud.secrets.answer(
        new SecretLookup.Present("CANARY".repeat(100), FakeSecrets.accessKey("CANARY", "").data()));
    cloud.tokens.answer(new TokenLookup.Issued("CANARY".repeat(4_000)));
    pollAll();

    // then
    assertRevealsNothing();
    assertTrue(lines.list.size() > 4, "nothing was logged");
  }

  @Test
  void shouldRevealNothingAsText() {
    // given
    AssumedRole role = reader();
    texts.add(role.toString());
    texts.add(
        new ChainedRole(role, () -> Credential.parse("CANARY", "CANARY", ""), "s").toString());
    texts.add(new OidcToken.Lookup.Present("CANARY").toString());
    texts.add(OidcToken.parse("CANARY").toString());
    texts.add(cloud.secrets.read("shop", "alibaba").toString());
    texts.add(cloud.tokens.request("shop", "team", "a").toString());
    secrets.addAll(cloud.tokens.issued());

    // then
    assertRevealsNothing();
  }

  /** One poll with each identity; remembers what the cloud issued. */
  private void pollAll() {
    for (CredentialProvider credentials :
        List.of(
            cloud.provider(secretOfShop(), null),
            cloud.provider(secretOfPlatform(), reader()),
            cloud.provider(workloadIdentity(), null),
            cloud.provider(workloadIdentity(), reader()))) {
      texts.add(cloud.poll(credentials).toString());
      CredentialLookup lookup = credentials.current();
      texts.add(lookup.toString());
      if (lookup instanceof CredentialLookup.Ready ready
          && ready.credential().securityToken() != null) {
        secrets.add(ready.credential().securityToken());
        secrets.add(ready.credential().accessKeySecret());
        secrets.add(ready.credential().accessKeyId());
      }
    }
    secrets.addAll(cloud.tokens.issued());
  }

  private void assertRevealsNothing() {
    for (ILoggingEvent line : lines.list) {
      texts.add(line.getFormattedMessage() + line.getKeyValuePairs() + line.getThrowableProxy());
    }
    assertFalse(texts.isEmpty());
    for (String text : texts) {
      assertFalse(secrets.stream().anyMatch(text::contains), text);
    }
  }
}
