/** The metrics and health endpoints of the packaged operator. */
package dev.acktask.e2e.metrics;
