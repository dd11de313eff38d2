package dev.acktask.operator.polling;

import dev.acktask.operator.task.TaskRef;

/**
 * A task of one connection. All objects that name it share its polls.
 *
 * @param connection id of the connection; one task id may exist in two accounts
 */
public record TaskKey(String connection, TaskRef task) {}
