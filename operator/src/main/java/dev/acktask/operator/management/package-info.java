/** What the process tells about itself over HTTP: metrics and health, read-only and bounded. */
@NullMarked
package dev.acktask.operator.management;

import org.jspecify.annotations.NullMarked;
