/**
 * Clients of the Kubernetes API: connection and proxy settings, diagnosis of failures, and limits
 * on the memory that responses and cached objects take.
 */
@NullMarked
package dev.acktask.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
