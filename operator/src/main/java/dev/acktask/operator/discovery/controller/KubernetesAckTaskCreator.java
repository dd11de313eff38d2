package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.DiscoveryReason;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation.Created;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation.Exists;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation.NotLeader;
import dev.acktask.operator.discovery.controller.AckTaskCreator.Creation.Refused;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The AckTasks of an API server, written under the operator's name while it is the leader. */
final class KubernetesAckTaskCreator implements AckTaskCreator {
  private static final Logger log = LoggerFactory.getLogger(KubernetesAckTaskCreator.class);

  private final KubernetesClient client;
  private final BooleanSupplier isLeader;

  /**
   * @param isLeader false once another replica may be the leader
   */
  KubernetesAckTaskCreator(KubernetesClient client, BooleanSupplier isLeader) {
    this.client = client;
    this.isLeader = isLeader;
  }

  @Override
  public Creation create(AckTask task) {
    if (!isLeader.getAsBoolean()) {
      return new NotLeader();
    }
    try {
      return new Created(client.resource(task).create());
    } catch (KubernetesClientException refused) {
      return isTaken(refused) ? existing(task) : refused(refused);
    }
  }

  @Override
  public boolean delete(AckTask read) {
    return guarded(() -> !client.resource(read).lockResourceVersion().delete().isEmpty(), read);
  }

  @Override
  public boolean label(AckTask read, String key, String value) {
    ObjectMeta meta = read.getMetadata();
    return guarded(
        () -> {
          client
              .resources(AckTask.class)
              .inNamespace(meta.getNamespace())
              .withName(meta.getName())
              .patch(
                  PatchContext.of(PatchType.JSON_MERGE),
                  client
                      .getKubernetesSerialization()
                      .asJson(
                          Map.of(
                              "metadata",
                              Map.of("uid", meta.getUid(), "labels", Map.of(key, value)))));
          return true;
        },
        read);
  }

  private Creation existing(AckTask task) {
    try {
      ObjectMeta meta = task.getMetadata();
      return Optional.ofNullable(
              client
                  .resources(AckTask.class)
                  .inNamespace(meta.getNamespace())
                  .withName(meta.getName())
                  .get())
          .<Creation>map(Exists::new)
          .orElseGet(
              () ->
                  new Refused(
                      DiscoveryReason.CREATION_REFUSED,
                      false,
                      "The AckTask " + meta.getName() + " was deleted meanwhile."));
    } catch (KubernetesClientException refused) {
      return refused(refused);
    }
  }

  /** A refusal by the API server, or no answer. */
  private static Refused refused(KubernetesClientException failure) {
    String message = message(failure);
    if (failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || message.contains("because it is being terminated")) {
      return new Refused(DiscoveryReason.NAMESPACE_TERMINATING, true, message);
    }
    if (message.contains("quota: ")) { // exceeded, or not counted yet
      return new Refused(DiscoveryReason.QUOTA_EXCEEDED, true, message);
    }
    boolean isForbidden = failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
    boolean isPolicy = message.contains("admission") || message.contains("denied");
    return isForbidden && !isPolicy
        ? new Refused(DiscoveryReason.CREATION_FORBIDDEN, true, message)
        : new Refused(DiscoveryReason.CREATION_REFUSED, failure.getCode() == 0, message);
  }

  private static String message(KubernetesClientException failure) {
    Status status = failure.getStatus();
    String text = status == null ? null : status.getMessage();
    return Objects.requireNonNullElse(
        text, "The API server refused the AckTask or did not answer (" + failure.getCode() + ").");
  }

  /** A conflict of another kind, such as that of a quota, has another reason. */
  private static boolean isTaken(KubernetesClientException failure) {
    return failure.getCode() == HttpURLConnection.HTTP_CONFLICT
        && (failure.getStatus() == null || !"Conflict".equals(failure.getStatus().getReason()));
  }

  private boolean guarded(BooleanSupplier write, AckTask task) {
    if (!isLeader.getAsBoolean()) {
      return false;
    }
    try {
      return write.getAsBoolean();
    } catch (KubernetesClientException refused) {
      log.atWarn()
          .addKeyValue("acktask", task.getMetadata().getName())
          .addKeyValue("code", refused.getCode())
          .log("The AckTask of a discovery could not be changed");
      return false;
    }
  }
}
