/** The packaged operator as a separate process, with a simulated cloud. */
package dev.acktask.e2e.operator;
