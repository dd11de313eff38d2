package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the resolver knows about its connections, from their calls. */
final class ConnectionStateTest {
  private static final ConnectionKey SHOP = ConnectionKey.namespaced("shop", "production");
  private static final TaskRef TASK = TaskRef.parse("T-1").orElseThrow();
  private static final TaskLookup BAD_KEY = new Rejected(Refusal.UNAUTHORIZED, "m", null);
  private static final CallOutcome REFUSED = new CallOutcome.Refused(Refusal.UNAUTHORIZED, "m");

  private final List<ConnectionKey> changed = new ArrayList<>();
  private final List<ConnectionKey> released = new ArrayList<>();
  private TaskLookup answer = new TaskLookup.Unchanged();
  private int calls;
  private Optional<String> account = Optional.empty();
  private final ConnectionResolver connections =
      new ConnectionResolver(new Factory(), Optional.empty(), NamespaceLabels.UNKNOWN);

  ConnectionStateTest() {
    connections.onCallsChange(changed::add);
  }

  @Test
  void shouldKnowNothingOfAnUnknownObject() {
    assertEquals(Optional.empty(), connections.state(SHOP));
    assertEquals(Set.of(), connections.keys());
  }

  @Test
  void shouldKnowTheVersionBeforeTheFirstCall() {
    put("1");

    assertEquals(
        new ConnectionState("1", "", CallSummary.NONE, Optional.empty()),
        connections.state(SHOP).orElseThrow());
    assertEquals(Set.of(SHOP), connections.keys());
  }

  @Test
  void shouldKnowTheProblemOfASpecThatCannotBeUsed() {
    connections.put(SHOP, "1", ConnectionSpec.NOTHING);

    assertEquals(
        ConnectionState.unusable("1", "has no spec.regionId."),
        connections.state(SHOP).orElseThrow());
  }

  @Test
  void shouldReportACallThatEstablishesSomething() {
    put("1");
    call();
    call();

    assertEquals(List.of(SHOP), changed);
    assertEquals(new CallOutcome.Answered(), outcome());
  }

  /** An open circuit withholds the call: it says nothing. */
  @Test
  @Tag("F99")
  void shouldCountOnlyCallsThatAreMade() {
    put("1");
    answer = BAD_KEY;

    for (int task = 0; task < 1_000; task++) {
      call();
    }

    assertEquals(1, calls);
    assertEquals(List.of(SHOP), changed);
    assertEquals(REFUSED, outcome());
  }

  @Test
  void shouldForgetTheCallsOfAnEarlierVersion() {
    // given
    put("1");
    answer = BAD_KEY;
    call();
    Connection old = connection();

    // when
    put("2");
    old.describe(TASK, null);

    // then
    assertNull(outcome());
    assertEquals("2", connections.state(SHOP).orElseThrow().version());
  }

  @Test
  void shouldKnowTheAccountOnceACallHasNamedIt() {
    put("1");
    account = Optional.of("1000000000000001");

    assertEquals(account, connections.state(SHOP).orElseThrow().account());
  }

  @Test
  void shouldReleaseWhatADeletedConnectionHolds() {
    put("1");
    put("2");
    connections.remove(SHOP);
    connections.remove(SHOP);

    assertEquals(List.of(SHOP), released);
  }

  @Test
  void shouldFindTheObjectThatAReferenceLeadsTo() {
    // given
    put("1");
    connections.put(ConnectionKey.DEFAULT, "1", spec().suspend(true).build());

    // then
    assertEquals(Optional.of(SHOP), target("shop", AckConnection.KIND, "production"));
    assertEquals(Optional.of(ConnectionKey.DEFAULT), connections.target("pay", null));
    assertEquals(Optional.empty(), target("pay", AckConnection.KIND, "production"));
    assertEquals(Optional.empty(), target("shop", ClusterAckConnection.KIND, "production"));
    assertEquals(Optional.empty(), target("shop", "Other", "production"));
  }

  @Test
  void shouldFindNoObjectForTheBuiltInConnection() {
    assertEquals(Optional.empty(), connections.target("shop", null));
  }

  private Optional<ConnectionKey> target(String namespace, String kind, String name) {
    return connections.target(namespace, new ConnectionRef(kind, name));
  }

  private void put(String version) {
    connections.put(SHOP, version, spec().build());
  }

  private void call() {
    connection().describe(TASK, null);
  }

  private Connection connection() {
    return connections.resolve("shop", new ConnectionRef(AckConnection.KIND, "production"))
            instanceof Resolution.Resolved resolved
        ? resolved.connection()
        : null;
  }

  private @Nullable CallOutcome outcome() {
    return connections.state(SHOP).orElseThrow().calls().outcome();
  }

  private static ConnectionSpec.Builder spec() {
    return ConnectionSpec.builder().regionId(Connections.REGION);
  }

  private TaskLookup answer() {
    calls++;
    return answer;
  }

  private final class Factory implements ConnectionFactory {
    @Override
    public Parsed<Connection> create(ConnectionKey key, String version, ConnectionSpec spec) {
      return spec.regionId() == null
          ? new Parsed.Invalid<>(List.of("has no spec.regionId."))
          : new Parsed.Valid<>(
              new Connection(
                  new Connection.Identity(key, version, spec.regionId()),
                  new CloudApi(task -> answer(), new FakeListClient()),
                  new RequestBudget(600, 10, System::nanoTime),
                  Set.of(),
                  System::nanoTime,
                  () -> account));
    }

    @Override
    public void release(ConnectionKey key) {
      released.add(key);
    }
  }
}
