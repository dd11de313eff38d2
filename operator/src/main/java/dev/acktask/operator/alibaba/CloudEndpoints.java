package dev.acktask.operator.alibaba;

/**
 * The administrator's templates of all services that the operator calls.
 *
 * @param api Container Service for Kubernetes
 * @param sts Security Token Service, for the sessions of connections
 */
public record CloudEndpoints(EndpointTemplates api, EndpointTemplates sts) {}
