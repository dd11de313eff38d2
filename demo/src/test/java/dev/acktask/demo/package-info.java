/** Tests of the packaged demo and of its parts. */
@NullMarked
package dev.acktask.demo;

import org.jspecify.annotations.NullMarked;
