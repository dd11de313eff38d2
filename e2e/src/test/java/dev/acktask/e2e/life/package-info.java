/** The life of an AckTask, from its creation to its verdict. */
package dev.acktask.e2e.life;
