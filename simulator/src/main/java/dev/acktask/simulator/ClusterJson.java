package dev.acktask.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.simulator.account.Cluster;
import dev.acktask.simulator.list.Page;
import java.util.List;

/**
 * Formats clusters like the API, with the fields that identify one.
 *
 * @see <a
 *     href="https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/developer-reference/api-cs-2015-12-15-describeclustersv1">
 *     DescribeClustersV1</a>
 */
final class ClusterJson {
  private ClusterJson() {}

  /** The body of DescribeClustersV1 and DescribeClustersForRegion for one page of {@code all}. */
  static String list(Page page, List<Cluster> all, String region) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode clusters = body.putArray("clusters");
    for (Cluster cluster : page.of(all)) {
      clusters
          .addObject()
          .put("cluster_id", cluster.id())
          .put("name", cluster.name())
          .put("region_id", region)
          .put("cluster_type", cluster.type())
          .put("current_version", cluster.version())
          .put("state", cluster.state());
    }
    body.putObject("page_info")
        .put("page_number", page.number())
        .put("page_size", page.size())
        .put("total_count", all.size());
    return body.toString();
  }
}
