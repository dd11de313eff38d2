/** README's first command against a real API server. */
package dev.acktask.e2e.demo;
