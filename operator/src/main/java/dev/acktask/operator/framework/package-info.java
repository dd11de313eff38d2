/** How the controllers of all kinds run in the framework. */
@NullMarked
package dev.acktask.operator.framework;

import org.jspecify.annotations.NullMarked;
