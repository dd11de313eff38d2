/** Holds the pages of documentation equal to what they speak of. */
@NullMarked
package dev.acktask.operator.docs;

import org.jspecify.annotations.NullMarked;
