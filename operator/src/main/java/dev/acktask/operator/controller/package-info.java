/** Reconciles AckTasks: polls the cloud, decides and writes the status. */
@NullMarked
package dev.acktask.operator.controller;

import org.jspecify.annotations.NullMarked;
