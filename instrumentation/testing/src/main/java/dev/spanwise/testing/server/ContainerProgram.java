package dev.spanwise.testing.server;

import java.util.List;
import java.util.Map;

/**
 * How an image serves.
 *
 * @param port the TCP port within the container
 * @param arguments for the image's entry point
 * @param stopSignal the signal that ends it in order and does not wait for its clients, such as
 *     SIGTERM
 * @param probe whether it answers
 */
record ContainerProgram(
    ContainerImage image,
    int port,
    List<String> arguments,
    Map<String, String> environment,
    String stopSignal,
    Probe probe) {}
