/**
 * Requests to the Kubernetes API: what they meet on their way, what to check about it, and how much
 * of the answers is in memory at once.
 */
@NullMarked
package dev.acktask.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
