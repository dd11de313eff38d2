package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Who wants to know what becomes of the visits, for metrics and traces; none may block or throw.
 *
 * @param told takes the reason of each event that people are told
 * @param failed is run when a visit ends in a failure that nobody expected, or in one of the
 *     Kubernetes API
 * @param finished takes each object whose final status was just written, and that status
 */
public record Observer(
    Consumer<String> told, Runnable failed, BiConsumer<AckTask, AckTaskStatus> finished) {}
