/** Whether a gate is open: pure, without Kubernetes but the records of the API. */
@NullMarked
package dev.acktask.operator.gate;

import org.jspecify.annotations.NullMarked;
