/** Lists of the API: their pages, and how the list of the tasks of a cluster behaves. */
@NullMarked
package dev.acktask.simulator.list;

import org.jspecify.annotations.NullMarked;
