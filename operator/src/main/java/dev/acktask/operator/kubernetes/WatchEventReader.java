package dev.acktask.operator.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserSequence;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.acktask.operator.api.v1alpha1.AckTask;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.WatchEvent;
import java.io.IOException;
import java.util.Map;

/**
 * Reads the event of a watch without a tree in between. The client's own reader builds a tree of
 * the whole object to find its kind, and converts that. The API server writes {@code apiVersion}
 * and {@code kind} first, so that only these are held back here. An object that starts differently,
 * or is of another kind, is left to the client's reader.
 */
final class WatchEventReader extends StdDeserializer<WatchEvent> {
  private static final long serialVersionUID = 1;

  private static final String API_VERSION = "apiVersion";
  private static final String KIND = "kind";

  /** What an AckTask starts with. */
  private static final Map<String, String> ACK_TASK =
      Map.of(
          API_VERSION, HasMetadata.getApiVersion(AckTask.class),
          KIND, HasMetadata.getKind(AckTask.class));

  WatchEventReader() {
    super(WatchEvent.class);
  }

  @Override
  public WatchEvent deserialize(JsonParser json, DeserializationContext context)
      throws IOException {
    WatchEvent event = new WatchEvent();
    for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (member) {
        case "type" -> event.setType(json.getValueAsString());
        case "object" -> {
          if (value == JsonToken.START_OBJECT) {
            event.setObject(object(json, context));
          }
        }
        default -> json.skipChildren();
      }
    }
    return event;
  }

  /** Reads up to the end of the object that {@code json} is at the start of. */
  private static KubernetesResource object(JsonParser json, DeserializationContext context)
      throws IOException {
    TokenBuffer start = new TokenBuffer(json, context);
    start.writeStartObject();
    int matching = 0;
    String member = json.nextFieldName();
    while (member != null && ACK_TASK.containsKey(member)) {
      json.nextToken();
      matching += ACK_TASK.get(member).equals(json.getValueAsString()) ? 1 : 0;
      start.writeFieldName(member);
      start.copyCurrentStructure(json);
      member = json.nextFieldName();
    }
    JsonParser whole = JsonParserSequence.createFlattened(true, start.asParser(json), json);
    whole.nextToken();
    Class<? extends KubernetesResource> type =
        matching == ACK_TASK.size() ? AckTask.class : KubernetesResource.class;
    return context.readValue(whole, type);
  }
}
