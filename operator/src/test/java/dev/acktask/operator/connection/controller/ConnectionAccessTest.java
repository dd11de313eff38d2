package dev.acktask.operator.connection.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The mock API server answers with 404 unless something else is expected. */
@EnableKubernetesMockClient
final class ConnectionAccessTest {
  private static final String API = "/apis/acktask.dev/v1alpha1/";
  private static final String EMPTY =
      """
      {"apiVersion": "acktask.dev/v1alpha1", "kind": "List", "metadata": {}, "items": []}
      """;

  KubernetesMockServer server;
  KubernetesClient client;

  private final Logger logger = (Logger) LoggerFactory.getLogger(ConnectionAccess.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private ConnectionAccess access;

  @BeforeEach
  void start() {
    log.start();
    logger.addAppender(log);
    access = new ConnectionAccess(client);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
  }

  @Test
  void shouldWarnOnceForEachKindThatIsNotInstalled() {
    assertFalse(access.hasClusterConnections());
    assertFalse(access.hasConnections());

    assertEquals(
        List.of(
            "The kind is not installed; it is not used until the operator restarts",
            "The kind is not installed; it is not used until the operator restarts"),
        messages());
  }

  @Test
  void shouldWarnOnceHoweverManyNamespacesAreRefused() {
    // given
    answer("namespaces/a/ackconnections?limit=1", 403);
    answer("namespaces/b/ackconnections?limit=1", 403);
    answer("namespaces/c/ackconnections?limit=1", 200);

    // when
    assertEquals(List.of("c"), access.withConnections(List.of("a", "b", "c")));
    assertEquals(List.of("c"), access.withConnections(List.of("a", "b", "c")));

    // then
    assertEquals(
        List.of("The operator may not list the kind; it is not used until the operator restarts"),
        messages());
    assertTrue(log.list.get(0).getKeyValuePairs().toString().contains("a,b"));
  }

  @Test
  void shouldFindWhatCanBeListed() {
    answer("clusterackconnections?limit=1", 200);
    answer("ackconnections?limit=1", 200);

    assertTrue(access.hasClusterConnections());
    assertTrue(access.hasConnections());
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldFailWhenTheApiServerFails() {
    answer("ackconnections?limit=1", 500);

    assertThrows(KubernetesClientException.class, access::hasConnections);
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
