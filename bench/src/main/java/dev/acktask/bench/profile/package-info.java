/** Where the operator's processor time goes. */
@NullMarked
package dev.acktask.bench.profile;

import org.jspecify.annotations.NullMarked;
