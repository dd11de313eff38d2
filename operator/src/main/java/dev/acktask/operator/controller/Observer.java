package dev.acktask.operator.controller;

import java.util.function.Consumer;

/**
 * Who wants to know what becomes of the visits, for metrics; neither may block or throw.
 *
 * @param told takes the reason of each event that people are told
 * @param failed is run when a visit ends in a failure that nobody expected, or in one of the
 *     Kubernetes API
 */
public record Observer(Consumer<String> told, Runnable failed) {}
