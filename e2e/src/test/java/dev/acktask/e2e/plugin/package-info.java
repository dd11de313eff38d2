/**
 * Tests of {@code kubectl acktask}: its views from fixed objects, its pages in a browser, and its
 * commands on a real control plane.
 */
package dev.acktask.e2e.plugin;
