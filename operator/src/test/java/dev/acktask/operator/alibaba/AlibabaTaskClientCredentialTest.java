package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.alibaba.credentials.CredentialLookup;
import dev.acktask.operator.alibaba.credentials.CredentialProvider;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.tls.TrustedAuthorities;
import dev.acktask.simulator.response.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a poll does with the credentials that its provider has, or has not. */
final class AlibabaTaskClientCredentialTest {
  private static final CredentialLookup VALID =
      Credential.parse(CloudClient.ACCESS_KEY_ID, CloudClient.SECRET, null);
  private static final CredentialLookup REFUSED = Credential.parse("removed", "secret", null);

  @AutoClose private final SimulatedCloud cloud = new SimulatedCloud();

  @AutoClose
  private final CloudTransport transport =
      new CloudTransport(
          Duration.ofSeconds(20),
          Answer.MAX_BYTES,
          TrustedAuthorities.ofJdk()::context,
          ProxyPolicy.DIRECT);

  private final Provider credentials = new Provider();

  /** Has the next credential of a list once the current one was reported as refused. */
  private static final class Provider implements CredentialProvider {
    private final List<CredentialLookup> next = new ArrayList<>();
    private final List<Credential> reported = new ArrayList<>();

    @Override
    public CredentialLookup current() {
      return next.getFirst();
    }

    @Override
    public void reportRefused(Credential credential) {
      reported.add(credential);
      if (next.size() > 1) {
        next.removeFirst();
      }
    }
  }

  @BeforeEach
  void answer() {
    cloud.simulator.answers(SampleTask.ID, Response.json(200, SampleTask.inState("success")));
  }

  @Test
  @Tag("F95")
  void shouldSendOnceMoreWhenTheRefusedKeyWasReplaced() {
    TaskLookup lookup = pollWith(REFUSED, VALID);

    assertEquals("success", LookupAssertions.task(lookup).state());
    assertEquals(2, cloud.requests());
    assertEquals(1, credentials.reported.size());
  }

  @Test
  void shouldSendOnceWhenTheRefusedKeyIsStillThere() {
    LookupAssertions.rejected(Refusal.UNAUTHORIZED, pollWith(REFUSED));

    assertEquals(1, cloud.requests());
    assertEquals(1, credentials.reported.size());
  }

  @Test
  void shouldReportBothKeysAndStopWhenTheReplacedOneIsRefusedAsWell() {
    CredentialLookup other = Credential.parse("alsoRemoved", "secret", null);

    LookupAssertions.rejected(Refusal.UNAUTHORIZED, pollWith(REFUSED, other, VALID));

    assertEquals(2, cloud.requests());
    assertEquals(2, credentials.reported.size());
  }

  @Test
  void shouldKeepTheRefusalWhenTheKeyIsGone() {
    TaskLookup lookup = pollWith(REFUSED, new CredentialLookup.Missing("There is no Secret."));

    LookupAssertions.rejected(Refusal.UNAUTHORIZED, lookup);
    assertEquals(1, cloud.requests());
  }

  @Test
  void shouldNotSendAgainWhenThePermissionIsMissing() {
    cloud.simulator.answers(SampleTask.ID, Response.error(403, "StatusForbidden", "m"));

    LookupAssertions.rejected(Refusal.FORBIDDEN, pollWith(VALID, VALID));

    assertEquals(1, cloud.requests());
    assertEquals(List.of(), credentials.reported);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void shouldReportWhyThereIsNoCredentialWithoutARequest(
      CredentialLookup.NotReady none, Refusal cause) {
    TaskLookup lookup = pollWith(none);

    assertEquals(new Rejected(cause, none.message(), null), lookup);
    assertEquals(0, cloud.requests());
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(new CredentialLookup.Missing("m"), Refusal.CREDENTIALS_MISSING),
        arguments(new CredentialLookup.Invalid("i"), Refusal.CREDENTIALS_INVALID),
        arguments(new CredentialLookup.Refused("r"), Refusal.UNAUTHORIZED),
        arguments(new CredentialLookup.NotIssued("n"), Refusal.ROLE_NOT_ASSUMABLE));
  }

  @Test
  void shouldReportAnOutageOfStsAsAnOutage() {
    TaskLookup lookup = pollWith(new CredentialLookup.Unavailable(Failure.TLS_ERROR, "No TLS."));

    Unavailable outage = assertInstanceOf(Unavailable.class, lookup);
    assertEquals(new Unavailable(Failure.TLS_ERROR, "No TLS.", null), outage);
    assertEquals(0, cloud.requests());
  }

  private TaskLookup pollWith(CredentialLookup... lookups) {
    credentials.next.addAll(List.of(lookups));
    Endpoint endpoint = new Endpoint(cloud.simulator.endpoint(), AddressPolicy.ANY);
    return new AlibabaTaskClient(transport, endpoint, credentials, InstantSource.system())
        .describe(new TaskRef(SampleTask.ID));
  }
}
