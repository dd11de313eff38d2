/**
 * The contract of an AckTask, a test for each line of it, named after the line. {@code
 * docs/contract.md} lists them, beside the tests elsewhere that show a line already.
 */
package dev.acktask.operator.design;
