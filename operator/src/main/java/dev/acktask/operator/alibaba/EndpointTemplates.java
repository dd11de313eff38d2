package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.RegionId;
import java.util.Optional;

/** The administrator's templates of one service, by network. */
public record EndpointTemplates(EndpointTemplate publicNetwork, EndpointTemplate vpc) {
  /** The endpoint of {@code region}; empty if the resulting URL is invalid. */
  public Optional<Endpoint> endpoint(RegionId region, boolean isPublicNetwork) {
    return (isPublicNetwork ? publicNetwork : vpc).endpoint(region);
  }
}
