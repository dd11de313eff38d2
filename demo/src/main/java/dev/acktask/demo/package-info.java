/**
 * The whole system in one process tree: a Kubernetes API, the simulator, the packaged operator and
 * the objects of {@code examples/01-first-task}, with a live table of them. The demo uses only the
 * public interface of the operator: its jar, environment variables and objects.
 */
@NullMarked
package dev.acktask.demo;

import org.jspecify.annotations.NullMarked;
