/** The Kubernetes API of the demo, embedded or the current context, and the objects in it. */
@NullMarked
package dev.acktask.demo.kubernetes;

import org.jspecify.annotations.NullMarked;
