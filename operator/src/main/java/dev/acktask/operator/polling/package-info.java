/**
 * Polls the tasks of the cloud. It learns from the informer which tasks are unfinished, polls each
 * one when it is due, and raises an event for its objects when something changed.
 */
@NullMarked
package dev.acktask.operator.polling;

import org.jspecify.annotations.NullMarked;
