/** What {@code examples/} shows, against a real API server. */
package dev.acktask.e2e.examples;
