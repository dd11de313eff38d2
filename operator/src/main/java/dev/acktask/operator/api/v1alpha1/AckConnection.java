package dev.acktask.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * One account in one region for the AckTasks of its namespace. It never uses the operator's
 * identity.
 */
@Group(AckTask.GROUP)
@Version(AckTask.VERSION)
@Plural("ackconnections")
@Singular("ackconnection")
@ShortNames("ackc")
@SuppressWarnings("serial") // Java serialisation is never used
public final class AckConnection extends CustomResource<ConnectionSpec, ConnectionStatus>
    implements Namespaced {
  public static final String KIND = "AckConnection";
}
