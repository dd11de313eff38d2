package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The region of a connection is immutable; credentials, roles and limits are not. */
@OnControlPlane
class ConnectionImmutabilityIT {
  private static final Map<ApiKind, ApiObjects> OBJECTS = new EnumMap<>(ApiKind.class);
  private static final String NAME = "immutable";

  @BeforeAll
  static void oneOfEachKind(ControlPlane controlPlane) {
    String namespace = controlPlane.createNamespace("connection-immutable");
    for (ApiKind kind : new ApiKind[] {ApiKind.ACK_CONNECTION, ApiKind.CLUSTER_ACK_CONNECTION}) {
      OBJECTS.put(kind, new ApiObjects(kind, controlPlane.admin(), namespace));
      OBJECTS
          .get(kind)
          .create(NAME, "{regionId: cn-hangzhou, credentials: {secretRef: {name: key}}}");
    }
  }

  @AfterAll
  static void clean() {
    OBJECTS.values().forEach(ApiObjects::delete);
  }

  @ParameterizedTest
  @EnumSource(names = {"ACK_CONNECTION", "CLUSTER_ACK_CONNECTION"})
  void shouldRefuseAnotherRegion(ApiKind kind) {
    // when
    KubernetesClientException refused =
        assertThrows(
            KubernetesClientException.class,
            () -> OBJECTS.get(kind).patchSpec(NAME, "{regionId: cn-beijing}"));

    // then
    assertEquals(422, refused.getCode(), refused::getMessage);
    String expected = "regionId is immutable: create another connection for another region";
    assertTrue(refused.getStatus().getMessage().contains(expected), refused::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ACK_CONNECTION         | {regionId: cn-hangzhou}",
        "ACK_CONNECTION         | {network: VPC, requestsPerMinute: 600, burst: 1, suspend: true}",
        "ACK_CONNECTION         | {credentials: {secretRef: {name: another-key}}}",
        "ACK_CONNECTION         | {assumeRole: {roleArn: 'acs:ram::1000000000000002:role/reader'}}",
        "ACK_CONNECTION         | {allowedClusterIds: [c1]}",
        "CLUSTER_ACK_CONNECTION | {allowedNamespaces: {from: Names, names: [team-a]}}",
        "CLUSTER_ACK_CONNECTION | {credentials: null}"
      })
  void shouldAcceptAnyOtherEdit(ApiKind kind, String change) {
    ApiObjects objects = OBJECTS.get(kind);
    long before = objects.get(NAME).getMetadata().getGeneration();

    objects.patchSpec(NAME, change);

    long edits = change.contains("regionId") ? 0 : 1;
    assertEquals(before + edits, objects.get(NAME).getMetadata().getGeneration());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ACK_CONNECTION | {credentials: null} | credentials is required",
        "ACK_CONNECTION | {credentials: {workloadIdentity: {serviceAccountName: a, roleArn:"
            + " 'acs:ram::1:role/a', oidcProviderArn: 'acs:ram::1:oidc-provider/a'}}} | exclude each"
            + " other",
        "CLUSTER_ACK_CONNECTION | {allowedNamespaces: {from: Selector}} | needs a selector"
      })
  void shouldCheckTheRulesAlsoWhenEdited(ApiKind kind, String change, String expected) {
    KubernetesClientException refused =
        assertThrows(
            KubernetesClientException.class, () -> OBJECTS.get(kind).patchSpec(NAME, change));

    assertTrue(refused.getStatus().getMessage().contains(expected), refused::getMessage);
  }
}
