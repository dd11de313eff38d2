/** YAML that is read strictly: every error names the file, the place and what to write instead. */
@NullMarked
package dev.acktask.simulator.yaml;

import org.jspecify.annotations.NullMarked;
