package dev.acktask.simulator.requestlog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Formats a {@link RequestRecord} as one line of JSON. */
public final class RequestRecordJson {
  private RequestRecordJson() {}

  public static String line(RequestRecord served) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", served.time().toString());
    served.accountId().ifPresent(accountId -> line.put("account", accountId));
    line.put("region", served.region());
    served.operation().ifPresent(operation -> line.put("operation", operation.action()));
    served.taskId().ifPresent(taskId -> line.put("taskId", taskId));
    served.clusterId().ifPresent(clusterId -> line.put("clusterId", clusterId));
    line.put("call", served.call());
    line.put("request", served.requestLine());
    ArrayNode headers = line.putArray("headers");
    served.headers().forEach(header -> headers.add(header.name() + ": " + header.value()));
    line.put("signature", served.signature().name());
    served.fault().ifPresent(fault -> line.put("fault", fault));
    line.put("status", served.status());
    line.put("outcome", served.outcome().name());
    line.put("bytes", served.bytes());
    line.put("body", served.body());
    return line.toString();
  }
}
