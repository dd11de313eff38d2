/** The Kubernetes side of a run: objects, writers, the watch and the audit log. */
@NullMarked
package dev.acktask.bench.cluster;

import org.jspecify.annotations.NullMarked;
