/** The Helm chart without a cluster: what real Helm renders of it, and what it refuses. */
@NullMarked
package dev.acktask.e2e.chart;

import org.jspecify.annotations.NullMarked;
