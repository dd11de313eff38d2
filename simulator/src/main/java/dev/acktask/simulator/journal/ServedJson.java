package dev.acktask.simulator.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One line of JSON for each request served. */
public final class ServedJson {
  private ServedJson() {}

  public static String line(Served served) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", served.time().toString());
    served.taskId().ifPresent(taskId -> line.put("taskId", taskId));
    line.put("call", served.call());
    line.put("request", served.requestLine());
    ArrayNode headers = line.putArray("headers");
    served.headers().forEach(header -> headers.add(header.name() + ": " + header.value()));
    line.put("signature", served.verdict().name());
    served.fault().ifPresent(fault -> line.put("fault", fault));
    line.put("status", served.status());
    line.put("outcome", served.outcome().name());
    line.put("bytes", served.bytes());
    line.put("body", served.body());
    return line.toString();
  }
}
