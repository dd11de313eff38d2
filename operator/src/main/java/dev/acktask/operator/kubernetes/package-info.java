/** What the requests to the Kubernetes API meet on their way, and what to check about it. */
@NullMarked
package dev.acktask.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
