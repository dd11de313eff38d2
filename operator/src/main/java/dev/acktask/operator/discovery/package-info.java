/** Which listed tasks get an AckTask, and the status of a discovery: pure, without Kubernetes. */
@NullMarked
package dev.acktask.operator.discovery;

import org.jspecify.annotations.NullMarked;
