package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.connection.ConnectionKey;

/** A cluster as a connection lists it. */
record ClusterKey(ConnectionKey connection, String clusterId) {}
