/**
 * A status computed from an old object is never written; a status of another writer is not trusted.
 */
package dev.acktask.e2e.fencing;
