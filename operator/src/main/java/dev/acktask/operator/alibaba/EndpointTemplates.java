package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.RegionId;
import java.util.Optional;

/**
 * The administrator's templates of one API.
 *
 * @param publicNetwork over the Internet
 * @param vpc from within a VPC
 */
public record EndpointTemplates(EndpointTemplate publicNetwork, EndpointTemplate vpc) {

  /** The endpoint of {@code region}; empty if no host name can contain it. */
  public Optional<Endpoint> endpoint(RegionId region, boolean isPublicNetwork) {
    return (isPublicNetwork ? publicNetwork : vpc).endpoint(region);
  }
}
