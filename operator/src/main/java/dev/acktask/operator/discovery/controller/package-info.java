/** The discoveries in the cluster: subscribes to sweeps, creates AckTasks and writes the status. */
@NullMarked
package dev.acktask.operator.discovery.controller;

import org.jspecify.annotations.NullMarked;
