/**
 * Vocabulary of the cloud's task API, shared by the API client and the decision. It depends on
 * neither.
 */
@NullMarked
package dev.acktask.operator.task;

import org.jspecify.annotations.NullMarked;
