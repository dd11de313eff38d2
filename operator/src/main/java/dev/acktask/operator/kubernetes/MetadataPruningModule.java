package dev.acktask.operator.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.acktask.operator.api.v1alpha1.AckTask;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.util.Map;

/**
 * Skips metadata that no decision reads while a response is parsed: labels, owner references,
 * finalizers, and all annotations except the refresh request. They never become strings, whatever
 * their size.
 *
 * <p>Not for a client that writes back the metadata that it read.
 */
final class MetadataPruningModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  MetadataPruningModule() {
    super("metadata-pruning");
    setMixInAnnotation(ObjectMeta.class, Pruned.class);
  }

  @JsonIgnoreProperties({"labels", "ownerReferences", "finalizers"})
  private interface Pruned {
    @JsonProperty("annotations")
    @JsonDeserialize(using = RefreshRequest.class)
    void setAnnotations(Map<String, String> annotations);
  }

  private static final class RefreshRequest extends JsonDeserializer<Map<String, String>> {
    @Override
    public Map<String, String> deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      Map<String, String> kept = Map.of();
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        return kept;
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        boolean isText = json.nextToken() == JsonToken.VALUE_STRING;
        if (isText && name.equals(AckTask.REFRESH_REQUESTED_AT)) {
          kept = Map.of(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
      return kept;
    }
  }
}
