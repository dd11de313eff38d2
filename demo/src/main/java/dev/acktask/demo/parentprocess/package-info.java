/** The Java agent of the child processes, packaged as a separate jar. */
@NullMarked
package dev.acktask.demo.parentprocess;

import org.jspecify.annotations.NullMarked;
