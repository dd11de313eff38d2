/** Tests of what the demo prints. */
@NullMarked
package dev.acktask.demo.screen;

import org.jspecify.annotations.NullMarked;
