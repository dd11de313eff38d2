package dev.acktask.operator.connection;

import dev.acktask.operator.task.ListClient;
import dev.acktask.operator.task.TaskClient;

/** The calls to the cloud of one account in one region. */
public record CloudApi(TaskClient tasks, ListClient lists) {}
