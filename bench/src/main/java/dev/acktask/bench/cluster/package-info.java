/** The Kubernetes side of a run: the objects, who writes them, and when others can see it. */
@NullMarked
package dev.acktask.bench.cluster;

import org.jspecify.annotations.NullMarked;
