/** The packaged operator as a process of its own, with a cloud that it can reach. */
package dev.acktask.e2e.operator;
