/** A GET over HTTP/1.1, read strictly: what an answer may be taken for decides what is believed. */
@NullMarked
package dev.acktask.operator.http;

import org.jspecify.annotations.NullMarked;
