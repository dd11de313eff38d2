/** All that runs together in a benchmark: control plane, cloud, operator, and the eyes on them. */
@NullMarked
package dev.acktask.bench.rig;

import org.jspecify.annotations.NullMarked;
