package dev.acktask.simulator.sts;

import dev.acktask.simulator.response.Response;

/**
 * The answer to one request.
 *
 * @param secret the body holds a session
 */
public record StsAnswer(Response response, boolean secret) {}
