/** The transitions of objects that are recorded as Kubernetes Events. */
@NullMarked
package dev.acktask.operator.event;

import org.jspecify.annotations.NullMarked;
