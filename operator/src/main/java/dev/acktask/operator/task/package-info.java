/**
 * What the cloud says of a task, in the words of its API: the vocabulary that the cloud adapter and
 * the decision share. Plain Java, so that neither side leaks into the other.
 */
@NullMarked
package dev.acktask.operator.task;

import org.jspecify.annotations.NullMarked;
