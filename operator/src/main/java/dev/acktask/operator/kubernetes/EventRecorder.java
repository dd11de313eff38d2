package dev.acktask.operator.kubernetes;

import dev.acktask.operator.event.ObjectEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** Records Kubernetes Events. Best effort: it neither blocks nor throws. */
public interface EventRecorder {
  /** Records {@code events} of {@code object}, as it was read from the API server. */
  void publish(HasMetadata object, List<ObjectEvent> events);
}
