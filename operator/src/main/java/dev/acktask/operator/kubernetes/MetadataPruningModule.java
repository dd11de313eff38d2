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
import dev.acktask.operator.api.v1alpha1.DiscoveryMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Skips metadata that no decision reads while a response is parsed: owner references, finalizers,
 * all annotations except the refresh request, and labels beyond {@link CachedLabels#MAX}. They
 * never become strings, whatever their size. What is written is not affected.
 *
 * <p>Not for a client that writes back the metadata that it read.
 */
final class MetadataPruningModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  /** The labels that are always kept: which discovery created an object, what started its task. */
  static final Set<String> DISCOVERY_LABELS =
      Set.of(DiscoveryMetadata.DISCOVERED_BY, DiscoveryMetadata.STARTED_BY);

  MetadataPruningModule() {
    super("metadata-pruning");
    setMixInAnnotation(ObjectMeta.class, Pruned.class);
  }

  @JsonIgnoreProperties(
      value = {"ownerReferences", "finalizers"},
      allowGetters = true)
  private interface Pruned {
    @JsonProperty("annotations")
    @JsonDeserialize(using = RefreshRequest.class)
    void setAnnotations(Map<String, String> annotations);

    @JsonProperty("labels")
    @JsonDeserialize(using = Labels.class)
    void setLabels(Map<String, String> labels);
  }

  private static final class RefreshRequest extends SelectedEntries {
    @Override
    boolean isKept(String key, Map<String, String> kept) {
      return key.equals(AckTask.REFRESH_REQUESTED_AT);
    }
  }

  private static final class Labels extends SelectedEntries {
    @Override
    boolean isKept(String key, Map<String, String> kept) {
      if (CachedLabels.isKept(key, kept)) {
        return true;
      }
      kept.put(CachedLabels.OMITTED, "");
      return false;
    }
  }

  /** Reads the texts with certain keys. */
  private abstract static class SelectedEntries extends JsonDeserializer<Map<String, String>> {
    private final StringInterner values = new StringInterner();

    /** True if the entry with this key is read, too. */
    abstract boolean isKept(String key, Map<String, String> kept);

    @Override
    public Map<String, String> deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      Map<String, String> kept = new HashMap<>();
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        return kept;
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        boolean isText = json.nextToken() == JsonToken.VALUE_STRING;
        if (isText && isKept(name, kept)) {
          kept.put(name, values.deserialize(json, context));
        } else {
          json.skipChildren();
        }
      }
      return Map.copyOf(kept);
    }
  }
}
