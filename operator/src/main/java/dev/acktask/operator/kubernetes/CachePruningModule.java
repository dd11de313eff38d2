package dev.acktask.operator.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.acktask.operator.api.v1alpha1.AckTask;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;

/**
 * Deserializes every AckTask as the cache stores it: pruned, bounded, and with interned short
 * strings. Of the other kinds, of which there are few, the metadata is pruned. The item store of
 * the informer would be the usual place, but the framework shares one store among the informers of
 * all namespaces, and each informer removes the objects of the others.
 */
final class CachePruningModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  CachePruningModule() {
    super("cache-pruning");
    addDeserializer(String.class, new StringInterner());
    addDeserializer(WatchEvent.class, new WatchEventReader());
    setDeserializerModifier(new PruningModifier());
  }

  private static final class PruningModifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription type, JsonDeserializer<?> reader) {
      return CustomResource.class.isAssignableFrom(type.getBeanClass())
          ? new PruningDeserializer(reader)
          : reader;
    }
  }

  private static final class PruningDeserializer extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    PruningDeserializer(JsonDeserializer<?> reader) {
      super(reader);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
      return new PruningDeserializer(reader);
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
      Object read = super.deserialize(json, context);
      if (read instanceof AckTask task) {
        return CachedAckTask.prune(task);
      }
      if (read instanceof CustomResource<?, ?> other && other.getMetadata() != null) {
        CachedMetadata.prune(other.getMetadata());
      }
      return read;
    }
  }
}
