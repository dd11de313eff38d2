/**
 * Every request that the operator makes is a point at which it can die, be refused, or be left
 * without an answer. All of them are run.
 */
package dev.acktask.e2e.faultinjection;
