/** What is measured: each scenario leaves the rig as the next one expects it. */
@NullMarked
package dev.acktask.bench.scenario;

import org.jspecify.annotations.NullMarked;
