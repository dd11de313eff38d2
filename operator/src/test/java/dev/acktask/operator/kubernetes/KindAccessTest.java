package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The mock API server answers with 404 unless something else is expected. */
@EnableKubernetesMockClient
final class KindAccessTest {
  private static final String API = "/apis/acktask.dev/v1alpha1/";
  private static final String NOT_USED = "The kind is not used until the operator restarts";
  private static final String EMPTY =
      """
      {"apiVersion": "acktask.dev/v1alpha1", "kind": "List", "metadata": {}, "items": []}
      """;

  KubernetesMockServer server;
  KubernetesClient client;

  private final Logger logger = (Logger) LoggerFactory.getLogger(KindAccess.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private KindAccess access;
  private KindAccess clusterAccess;

  @BeforeEach
  void start() {
    log.start();
    logger.addAppender(log);
    access = new KindAccess(client, AckConnection.class, Level.WARN);
    clusterAccess = new KindAccess(client, ClusterAckConnection.class, Level.WARN);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
  }

  @Test
  void shouldWarnOnceForEachKindThatIsNotInstalled() {
    assertFalse(clusterAccess.hasAll());
    assertFalse(access.hasAll());

    assertEquals(List.of(NOT_USED, NOT_USED), messages());
    assertTrue(
        log.list.getFirst().getKeyValuePairs().toString().contains("the kind is not installed"));
  }

  @Test
  void shouldWarnOnceHoweverManyNamespacesAreRefused() {
    // given
    answer("namespaces/a/ackconnections?limit=1", 403);
    answer("namespaces/b/ackconnections?limit=1", 403);
    answer("namespaces/c/ackconnections?limit=1", 200);

    // when
    assertEquals(List.of("c"), access.in(List.of("a", "b", "c")));
    assertEquals(List.of("c"), access.in(List.of("a", "b", "c")));

    // then
    assertEquals(List.of(NOT_USED), messages());
    assertTrue(log.list.getFirst().getKeyValuePairs().toString().contains("a,b"));
  }

  @Test
  void shouldFindWhatCanBeListed() {
    answer("clusterackconnections?limit=1", 200);
    answer("ackconnections?limit=1", 200);

    assertTrue(clusterAccess.hasAll());
    assertTrue(access.hasAll());
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldLeaveOutNamespacesWithoutAnotherRight() {
    answer("namespaces/a/ackconnections?limit=1", 200);
    answer("namespaces/b/ackconnections?limit=1", 200);
    KindAccess both =
        new KindAccess(
            client,
            AckConnection.class,
            Level.INFO,
            namespace -> namespace.equals("a") ? Optional.of("not allowed") : Optional.empty());

    assertEquals(List.of("b"), both.in(List.of("a", "b")));
    assertTrue(log.list.getFirst().getKeyValuePairs().toString().contains("not allowed"));
  }

  @Test
  void shouldFailWhenTheApiServerFails() {
    answer("ackconnections?limit=1", 500);

    assertThrows(KubernetesClientException.class, access::hasAll);
  }

  private void answer(String path, int code) {
    server
        .expect()
        .get()
        .withPath(API + path)
        .andReturn(code, code == 200 ? EMPTY : new StatusBuilder().withCode(code).build())
        .always();
  }

  private List<String> messages() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
