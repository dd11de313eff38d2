package dev.acktask.operator.api.v1alpha1;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One account in one region for the AckTasks of the namespaces that it allows. */
@Group(AckTask.GROUP)
@Version(AckTask.VERSION)
@Plural("clusterackconnections")
@Singular("clusterackconnection")
@ShortNames("cackc")
@SuppressWarnings("serial") // Java serialisation is never used
public final class ClusterAckConnection extends CustomResource<ConnectionSpec, ConnectionStatus> {
  public static final String KIND = "ClusterAckConnection";

  /** The connection of AckTasks that name none, if it exists. */
  public static final String DEFAULT_NAME = "default";
}
