/** Tests of {@code examples/} against a real API server. */
package dev.acktask.e2e.examples;
