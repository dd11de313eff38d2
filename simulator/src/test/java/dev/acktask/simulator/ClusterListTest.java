package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.simulator.account.Cluster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clusters of an account in a region, page by page. */
@Timeout(30)
class ClusterListTest extends AccountsTestCase {
  private JsonNode clusters(String query, String host) throws Exception {
    return SimulatorTestCase.body(byFirst(SignedRequest.clusters(query).host(host)));
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("clusters").forEach(cluster -> ids.add(cluster.get("cluster_id").asText()));
    return ids;
  }

  @Test
  void shouldListTheClustersOfTheRegionInTheHost() throws Exception {
    assertEquals(List.of("c1", "c2", "c3"), ids(clusters("", HANGZHOU)));
    assertEquals(List.of("c3"), ids(clusters("", BEIJING)));
  }

  @Test
  void shouldHaveTheFieldsOfTheApi() throws Exception {
    JsonNode cluster = clusters("", HANGZHOU).get("clusters").get(0);
    assertEquals("c1", cluster.get("cluster_id").asText());
    assertEquals("blue", cluster.get("name").asText());
    assertEquals("cn-hangzhou", cluster.get("region_id").asText());
    assertEquals("ManagedKubernetes", cluster.get("cluster_type").asText());
    assertEquals("running", cluster.get("state").asText());
  }

  @Test
  void shouldSendOnePageWithTheTotal() throws Exception {
    JsonNode page = clusters("page_number=2&page_size=2", HANGZHOU);
    assertEquals(List.of("c3"), ids(page));
    assertEquals(2, page.get("page_info").get("page_number").asInt());
    assertEquals(2, page.get("page_info").get("page_size").asInt());
    assertEquals(3, page.get("page_info").get("total_count").asInt());
  }

  @Test
  void shouldFilterByNameAndRegion() throws Exception {
    assertEquals(List.of("c2"), ids(clusters("name=green", HANGZHOU)));
    assertEquals(List.of("c1", "c2", "c3"), ids(clusters("region_id=cn-hangzhou", BEIJING)));
  }

  @Test
  void shouldListTheRegionInThePathWhateverTheHost() throws Exception {
    String answer = byFirst(SignedRequest.clustersOf("cn-beijing").host(HANGZHOU));
    assertEquals(List.of("c3"), ids(SimulatorTestCase.body(answer)));
  }

  @Test
  void shouldListNothingOfAnotherAccount() throws Exception {
    String answer = bySecond(SignedRequest.clusters("").host(HANGZHOU));
    assertEquals(List.of(), ids(SimulatorTestCase.body(answer)));
  }

  @Test
  void shouldReplaceAClusterThatIsPutAgain() throws Exception {
    simulator.account(FIRST).region("cn-hangzhou").putCluster(Cluster.of("c1").named("red"));
    assertEquals(List.of("c1"), ids(clusters("name=red", HANGZHOU)));
    assertEquals(List.of(), ids(clusters("name=blue", HANGZHOU)));
  }

  @Test
  void shouldRefuseWhenPageIsNotANumber() throws Exception {
    String answer = byFirst(SignedRequest.clusters("page_size=many").host(HANGZHOU));
    assertEquals("InvalidParameter", code(answer));
  }
}
