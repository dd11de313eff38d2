/** Operators that split the objects by a label. */
package dev.acktask.e2e.shards;
