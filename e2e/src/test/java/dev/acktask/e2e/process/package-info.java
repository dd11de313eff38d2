/** What can befall the process itself: signals, slow calls, its disk and its settings. */
package dev.acktask.e2e.process;
