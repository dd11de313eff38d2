package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.AllowedNamespaces;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.NamespaceSelector;
import dev.acktask.operator.connection.Resolution.Resolved;
import dev.acktask.operator.connection.Resolution.Unresolved;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.text.Parsed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConnectionResolverTest {
  private static final ConnectionKey TEAM = ConnectionKey.namespaced("team-a", "production");
  private static final ConnectionKey SHARED = ConnectionKey.cluster("shared");
  private static final ConnectionRef TO_TEAM = new ConnectionRef(AckConnection.KIND, "production");
  private static final ConnectionRef TO_SHARED =
      new ConnectionRef(ClusterAckConnection.KIND, "shared");
  private static final ConnectionSpec USABLE = spec().build();

  private final Connection builtIn = connection(ConnectionKey.BUILT_IN, "");
  private final Map<String, Map<String, String>> labels = new HashMap<>();
  private final ConnectionResolver resolver = resolver(Optional.of(builtIn));

  @Test
  void shouldUseTheReferencedConnectionOfTheNamespace() {
    resolver.put(TEAM, "1", USABLE);
    resolver.put(ConnectionKey.cluster("production"), "1", USABLE);

    assertEquals(TEAM, keyFor("team-a", TO_TEAM));
  }

  @Test
  void shouldUseTheReferencedConnectionOfTheCluster() {
    resolver.put(SHARED, "1", USABLE);
    resolver.put(ConnectionKey.namespaced("team-a", "shared"), "1", USABLE);

    assertEquals(SHARED, keyFor("team-a", TO_SHARED));
  }

  @Test
  void shouldUseNoConnectionOfAnotherNamespace() {
    resolver.put(TEAM, "1", USABLE);

    assertEquals(Refusal.CONNECTION_NOT_FOUND, causeFor("team-b", TO_TEAM));
  }

  @Test
  void shouldUseTheDefaultBeforeTheBuiltInConnection() {
    resolver.put(ConnectionKey.DEFAULT, "1", USABLE);

    assertEquals(ConnectionKey.DEFAULT, keyFor("team-a", null));
  }

  @Test
  void shouldUseTheBuiltInConnectionWithoutADefault() {
    resolver.put(SHARED, "1", USABLE);

    assertEquals(ConnectionKey.BUILT_IN, keyFor("team-a", null));
  }

  @Test
  void shouldUseTheBuiltInConnectionAgainOnceTheDefaultIsDeleted() {
    resolver.put(ConnectionKey.DEFAULT, "1", USABLE);

    resolver.remove(ConnectionKey.DEFAULT);

    assertEquals(ConnectionKey.BUILT_IN, keyFor("team-a", null));
  }

  @Test
  void shouldFindNoConnectionWithoutADefaultAndWithoutABuiltInOne() {
    ConnectionResolver without = resolver(Optional.empty());

    Resolution resolution = without.resolve("team-a", null);

    assertEquals(Refusal.CONNECTION_NOT_FOUND, cause(resolution).cause());
    assertTrue(cause(resolution).message().contains("ACKTASK_DEFAULT_REGION"));
  }

  static List<Arguments> unusable() {
    return List.of(
        Arguments.of(
            spec().allowedNamespaces(names("team-b")).build(), Refusal.CONNECTION_NOT_ALLOWED),
        Arguments.of(spec().suspend(true).build(), Refusal.CONNECTION_SUSPENDED),
        Arguments.of(spec().regionId(null).build(), Refusal.CONNECTION_INVALID));
  }

  /** Another connection may be another account, whose task of the same id is another task. */
  @ParameterizedTest
  @MethodSource("unusable")
  void shouldNotFallBackWhenTheDefaultCannotBeUsed(ConnectionSpec spec, Refusal cause) {
    resolver.put(ConnectionKey.DEFAULT, "1", spec);

    assertEquals(cause, causeFor("team-a", null));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void shouldNotFallBackWhenTheReferencedOneCannotBeUsed(ConnectionSpec spec, Refusal cause) {
    resolver.put(ConnectionKey.DEFAULT, "1", USABLE);
    resolver.put(SHARED, "1", spec);

    assertEquals(cause, causeFor("team-a", TO_SHARED));
  }

  @Test
  void shouldNotFallBackWhenTheReferencedOneDoesNotExist() {
    resolver.put(ConnectionKey.DEFAULT, "1", USABLE);

    assertEquals(Refusal.CONNECTION_NOT_FOUND, causeFor("team-a", TO_SHARED));
  }

  @Test
  void shouldNameKindNamespaceAndNameOfAMissingConnection() {
    String message = cause(resolver.resolve("team-a", TO_TEAM)).message();

    assertTrue(message.contains("AckConnection team-a/production"), message);
  }

  @Test
  void shouldReportTheProblemOfAnInvalidConnection() {
    resolver.put(TEAM, "1", spec().regionId(null).build());

    assertEquals(
        "AckConnection team-a/production has no region.",
        cause(resolver.resolve("team-a", TO_TEAM)).message());
  }

  /** A namespace that may not use the connection learns nothing else about it. */
  @Test
  void shouldReportFirstThatTheNamespaceIsNotAllowed() {
    resolver.put(
        SHARED, "1", spec().regionId(null).suspend(true).allowedNamespaces(names("b")).build());

    assertEquals(Refusal.CONNECTION_NOT_ALLOWED, causeFor("team-a", TO_SHARED));
  }

  static List<ConnectionRef> incompleteReferences() {
    return List.of(
        new ConnectionRef(null, "default"),
        new ConnectionRef("", "default"),
        new ConnectionRef("BuiltIn", "default"),
        new ConnectionRef("clusterackconnection", "default"),
        new ConnectionRef(ClusterAckConnection.KIND, null),
        new ConnectionRef(ClusterAckConnection.KIND, ""),
        new ConnectionRef(AckConnection.KIND, ""),
        new ConnectionRef(null, null));
  }

  @ParameterizedTest
  @MethodSource("incompleteReferences")
  void shouldRefuseAReferenceWithoutKindOrName(ConnectionRef ref) {
    resolver.put(ConnectionKey.DEFAULT, "1", USABLE);

    assertEquals(Refusal.CONNECTION_INVALID, causeFor("team-a", ref));
  }

  @Test
  void shouldAllowANamespaceOnceItsLabelsMatch() {
    NamespaceSelector selector = new NamespaceSelector(Map.of("ack", "yes"), null);
    resolver.put(
        SHARED,
        "1",
        spec().allowedNamespaces(new AllowedNamespaces("Selector", selector, null)).build());
    labels.put("team-a", Map.of("ack", "no"));
    assertEquals(Refusal.CONNECTION_NOT_ALLOWED, causeFor("team-a", TO_SHARED));

    labels.put("team-a", Map.of("ack", "yes"));

    assertEquals(SHARED, keyFor("team-a", TO_SHARED));
  }

  @Test
  void shouldCreateAConnectionWithAnotherIdForEachVersion() {
    resolver.put(TEAM, "uid-1:1", USABLE);
    Connection first = connectionFor("team-a", TO_TEAM);

    resolver.put(TEAM, "uid-1:2", USABLE);

    assertNotEquals(first.id(), connectionFor("team-a", TO_TEAM).id());
  }

  @Test
  void shouldKeepTheConnectionWhenItsObjectIsRepeated() {
    resolver.put(TEAM, "uid-1:1", USABLE);
    Connection first = connectionFor("team-a", TO_TEAM);

    resolver.put(TEAM, "uid-1:1", USABLE);

    assertSame(first, connectionFor("team-a", TO_TEAM));
  }

  @Test
  void shouldCallListenersOnceForEachRealChange() {
    // given
    List<String> calls = new ArrayList<>();
    resolver.onChange(() -> calls.add("first"));
    resolver.onChange(() -> calls.add("second"));

    // when
    resolver.put(TEAM, "1", USABLE);
    resolver.put(TEAM, "1", USABLE);
    resolver.put(TEAM, "2", USABLE);
    resolver.remove(TEAM);
    resolver.remove(TEAM);

    // then
    assertEquals(List.of("first", "second", "first", "second", "first", "second"), calls);
  }

  @Test
  void shouldCallListenersWhenSomethingElseHasChanged() {
    List<String> calls = new ArrayList<>();
    resolver.onChange(() -> calls.add("called"));

    resolver.changed();

    assertEquals(List.of("called"), calls);
  }

  @Test
  void shouldCallListenersOnceTheChangeTakesEffect() {
    List<Refusal> causes = new ArrayList<>();
    resolver.put(TEAM, "1", USABLE);
    resolver.onChange(() -> causes.add(causeFor("team-a", TO_TEAM)));

    resolver.remove(TEAM);

    assertEquals(List.of(Refusal.CONNECTION_NOT_FOUND), causes);
  }

  private ConnectionResolver resolver(Optional<Connection> ownConnection) {
    return new ConnectionResolver(
        ConnectionResolverTest::create,
        ownConnection,
        namespace -> Optional.ofNullable(labels.get(namespace)));
  }

  private ConnectionKey keyFor(String namespace, ConnectionRef ref) {
    return connectionFor(namespace, ref).key();
  }

  private Connection connectionFor(String namespace, ConnectionRef ref) {
    return assertInstanceOf(Resolved.class, resolver.resolve(namespace, ref)).connection();
  }

  private Refusal causeFor(String namespace, ConnectionRef ref) {
    return cause(resolver.resolve(namespace, ref)).cause();
  }

  private static TaskLookup.Rejected cause(Resolution resolution) {
    return assertInstanceOf(Unresolved.class, resolution).cause();
  }

  private static Parsed<Connection> create(ConnectionKey key, String version, ConnectionSpec spec) {
    return spec.regionId() == null
        ? new Parsed.Invalid<>(List.of("has no region."))
        : new Parsed.Valid<>(connection(key, version));
  }

  private static Connection connection(ConnectionKey key, String version) {
    return Connections.of(key, version, task -> null, new RequestBudget(60, 1, () -> 0), () -> 0);
  }

  private static ConnectionSpec.Builder spec() {
    return ConnectionSpec.builder().regionId("cn-hangzhou");
  }

  private static AllowedNamespaces names(String namespace) {
    return new AllowedNamespaces(AllowedNamespaces.NAMES, null, List.of(namespace));
  }
}
