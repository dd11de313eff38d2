/**
 * The whole system in one process tree: a Kubernetes API, the simulator and the packaged operator,
 * the objects of {@code examples/01-first-task}, and a table of them as they move. The operator is
 * known here as its users know it: by its jar, its environment variables and its objects.
 */
@NullMarked
package dev.acktask.demo;

import org.jspecify.annotations.NullMarked;
