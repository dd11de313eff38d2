/**
 * At each request the operator can be killed, be refused, or get no answer. The tests run all of
 * these cases.
 */
package dev.acktask.e2e.faultinjection;
