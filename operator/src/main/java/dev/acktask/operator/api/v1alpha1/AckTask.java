package dev.acktask.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One mirrored ACK task. */
@Group(AckTask.GROUP)
@Version(AckTask.VERSION)
@Plural("acktasks")
@Singular("acktask")
@ShortNames("ackt")
@SuppressWarnings("serial") // Java serialisation is never used
public final class AckTask extends CustomResource<AckTaskSpec, AckTaskStatus>
    implements Namespaced {
  public static final String GROUP = "acktask.dev";
  public static final String VERSION = "v1alpha1";

  /** Annotation that requests one poll, also of a finished task, each time its value changes. */
  public static final String REFRESH_REQUESTED_AT = GROUP + "/refresh-requested-at";
}
