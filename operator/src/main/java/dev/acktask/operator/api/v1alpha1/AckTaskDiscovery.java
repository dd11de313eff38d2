package dev.acktask.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Creates an AckTask for each new task of clusters, so that no id has to be known. */
@Group(AckTask.GROUP)
@Version(AckTask.VERSION)
@Plural("acktaskdiscoveries")
@Singular("acktaskdiscovery")
@ShortNames("ackd")
@SuppressWarnings("serial") // Java serialisation is never used
public final class AckTaskDiscovery extends CustomResource<DiscoverySpec, DiscoveryStatus>
    implements Namespaced {
  public static final String KIND = "AckTaskDiscovery";
}
