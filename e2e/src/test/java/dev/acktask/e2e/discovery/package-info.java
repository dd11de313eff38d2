/**
 * Tests of sweeps and discoveries with the real operator: what appears, once, and what does not.
 */
package dev.acktask.e2e.discovery;
