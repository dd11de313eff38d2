/** The edge to Kubernetes: reconciles an AckTask by asking, deciding and writing, in that order. */
@NullMarked
package dev.acktask.operator.controller;

import org.jspecify.annotations.NullMarked;
