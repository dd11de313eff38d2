/** Tests of gates with the real operator: what opens them, what closes them, and what does not. */
package dev.acktask.e2e.gates;
