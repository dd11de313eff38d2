/** The cases of the fault catalogue, each under its number. */
package dev.acktask.operator.catalogue;
