/** A status computed from an old object is never written, and nobody else's status is believed. */
package dev.acktask.e2e.fencing;
