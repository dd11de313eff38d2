/**
 * The operator with the limits of its pod between a hostile cloud, large objects that change all
 * the time, and slow clients, with two honest tasks at the same time.
 */
package dev.acktask.e2e.hostile;
