/** Which of several replicas works: one at a time, by a Lease of the API server. */
@NullMarked
package dev.acktask.operator.leadership;

import org.jspecify.annotations.NullMarked;
