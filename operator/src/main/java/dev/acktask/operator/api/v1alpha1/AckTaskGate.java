package dev.acktask.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One object to wait for, in place of many AckTasks or of the end of all tasks of clusters. */
@Group(AckTask.GROUP)
@Version(AckTask.VERSION)
@Plural("acktaskgates")
@Singular("acktaskgate")
@ShortNames("ackg")
@SuppressWarnings("serial") // Java serialisation is never used
public final class AckTaskGate extends CustomResource<GateSpec, GateStatus> implements Namespaced {
  public static final String KIND = "AckTaskGate";
}
