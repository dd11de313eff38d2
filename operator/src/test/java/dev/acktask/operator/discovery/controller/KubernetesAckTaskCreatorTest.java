package dev.acktask.operator.discovery.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.DiscoveryReason;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation.Exists;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation.NotLeader;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation.Refused;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnableKubernetesMockClient
final class KubernetesAckTaskCreatorTest {
  private static final String PATH = "/apis/acktask.dev/v1alpha1/namespaces/shop/acktasks";
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  KubernetesMockServer server;
  KubernetesClient client;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | Forbidden | acktasks is forbidden: User x cannot create resource   | CREATION_FORBIDDEN | true
          403 | Forbidden | forbidden: exceeded quota: tasks, requested: count=1   | QUOTA_EXCEEDED | true
          403 | Forbidden | forbidden: status unknown for quota: tasks, resources: count/acktasks | QUOTA_EXCEEDED | true
          403 | Forbidden | unable to create new content in namespace shop because it is being terminated | NAMESPACE_TERMINATING | true
          404 | NotFound  | namespaces shop not found                              | NAMESPACE_TERMINATING | true
          403 | Forbidden | admission webhook policy.example.com denied the request | CREATION_REFUSED | false
          400 | BadRequest | admission webhook policy.example.com denied the request | CREATION_REFUSED | false
          422 | Invalid   | spec.deadline: Invalid value                           | CREATION_REFUSED | false
          409 | Conflict  | Operation cannot be fulfilled on resourcequotas        | CREATION_REFUSED | false
          """)
  void shouldNameTheCauseOfARefusal(
      int code, String status, String message, DiscoveryReason reason, boolean isOfNamespace) {
    refuse(code, status, message);

    Refused refused = assertInstanceOf(Refused.class, creator(true).create(task()));

    assertEquals(new Refused(reason, isOfNamespace, message), refused);
  }

  @Test
  void shouldReturnTheObjectThatHasTheName() {
    refuse(409, "AlreadyExists", "acktasks t-1 already exists");
    server.expect().get().withPath(PATH + "/t-1").andReturn(200, task()).once();

    Exists exists = assertInstanceOf(Exists.class, creator(true).create(task()));

    assertEquals("T-1", exists.task().getSpec().taskId());
  }

  @Test
  void shouldWriteNothingWithoutTheLease() {
    assertEquals(new NotLeader(), creator(false).create(task()));
    assertFalse(creator(false).delete(task()));
    assertFalse(creator(false).label(task(), "a", "b"));
    assertEquals(0, server.getRequestCount());
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void shouldReadTheRightToCreate(boolean isAllowed) {
    server
        .expect()
        .get()
        .withPath("/apis/acktask.dev/v1alpha1/acktaskdiscoveries?limit=1")
        .andReturn(200, Map.of("kind", "AckTaskDiscoveryList", "items", List.of()))
        .always();
    server
        .expect()
        .post()
        .withPath(REVIEWS)
        .andReturn(201, Map.of("status", Map.of("allowed", isAllowed)))
        .always();

    assertEquals(isAllowed, DiscoveryAccess.of(client).hasAll());
  }

  @Test
  void shouldFollowNoDiscoveriesWhereTheKindIsNotInstalled() {
    assertFalse(DiscoveryAccess.of(client, namespace -> true).hasAll());
    assertTrue(DiscoveryAccess.of(client, namespace -> true).in(List.of("shop")).isEmpty());
  }

  private void refuse(int code, String reason, String message) {
    server
        .expect()
        .post()
        .withPath(PATH)
        .andReturn(
            code,
            new StatusBuilder()
                .withCode(code)
                .withReason(reason)
                .withMessage(message)
                .withStatus("Failure")
                .build())
        .once();
  }

  private KubernetesAckTaskCreator creator(boolean isLeader) {
    return new KubernetesAckTaskCreator(client, () -> isLeader);
  }

  private static AckTask task() {
    AckTask task = new AckTask();
    task.setMetadata(
        new ObjectMetaBuilder().withNamespace("shop").withName("t-1").withUid("u").build());
    task.setSpec(AckTaskSpec.builder().taskId("T-1").build());
    return task;
  }
}
