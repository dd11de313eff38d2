package dev.acktask.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.controller.Abridgement;
import java.io.IOException;

/**
 * Reads every AckTask as the cache keeps it: pruned, bounded, and with short strings shared. The
 * framework's own place for this is the item store of the informer, but the framework gives one
 * store to the informers of all namespaces, each of which removes what the others have listed.
 */
final class CachePruningModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  CachePruningModule() {
    super("cache-pruning");
    addDeserializer(String.class, new StringInterner());
    setDeserializerModifier(new AfterReading());
  }

  private static final class AfterReading extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription type, JsonDeserializer<?> reader) {
      return type.getBeanClass() == AckTask.class ? new Abridging(reader) : reader;
    }
  }

  private static final class Abridging extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    Abridging(JsonDeserializer<?> reader) {
      super(reader);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
      return new Abridging(reader);
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
      Object read = super.deserialize(json, context);
      return read instanceof AckTask task ? Abridgement.of(task) : read;
    }
  }
}
