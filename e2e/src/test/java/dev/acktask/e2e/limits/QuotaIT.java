package dev.acktask.e2e.limits;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The ResourceQuota of docs/operations.md bounds the AckTasks of a namespace. */
@OnControlPlane
class QuotaIT {
  private static final Path DOCS_PAGE = Settings.repository().resolve("docs/operations.md");
  private static final String COUNT = "count/acktasks.acktask.dev";

  /** The quota controller learns of a new kind within half a minute. */
  private static final Duration LEARNS = Duration.ofMinutes(2);

  private final ControlPlane controlPlane;

  QuotaIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldRefuseOneMoreThanTheQuotaAllows() throws IOException {
    // given
    assumeTrue(controlPlane.controllerManager().isPresent(), "nothing would count the objects");
    AckTasks tasks = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("quota"));
    ResourceQuota quota = documented();
    quota.getMetadata().setNamespace(tasks.namespace());
    quota.getSpec().setHard(Map.of(COUNT, new Quantity("1")));
    await().atMost(LEARNS).pollInterval(Duration.ofSeconds(3)).until(() -> isCounted(quota));

    // when
    tasks.create("first", "T-1");
    KubernetesClientException refused =
        assertThrows(KubernetesClientException.class, () -> tasks.create("second", "T-2"));

    // then
    assertEquals(403, refused.getCode());
    assertTrue(refused.getMessage().contains("exceeded quota"), refused::getMessage);
  }

  /**
   * True once the controller has counted. It recounts a quota that is older than its knowledge of
   * the kind only minutes later, so this deletes and creates that quota.
   */
  private boolean isCounted(ResourceQuota quota) {
    Resource<ResourceQuota> stored = controlPlane.admin().resource(quota);
    ResourceQuota now = stored.get();
    if (now != null && now.getStatus() != null && now.getStatus().getUsed() != null) {
      if (now.getStatus().getUsed().containsKey(COUNT)) {
        return true;
      }
      stored.delete();
    } else if (now == null) {
      stored.create();
    }
    return false;
  }

  private static ResourceQuota documented() throws IOException {
    Matcher block =
        Pattern.compile("```yaml\n(apiVersion: v1\nkind: ResourceQuota\n.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCS_PAGE));
    assertTrue(block.find(), "docs/operations.md has no ResourceQuota");
    ResourceQuota quota = Serialization.unmarshal(block.group(1), ResourceQuota.class);
    assertEquals("500", quota.getSpec().getHard().get(COUNT).toString());
    return quota;
  }
}
