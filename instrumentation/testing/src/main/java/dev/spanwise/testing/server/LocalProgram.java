package dev.spanwise.testing.server;

import java.util.List;
import java.util.function.IntFunction;

/**
 * How a program of this machine serves.
 *
 * @param name for messages and the names of files
 * @param account whom it runs as
 * @param command its command line on a given port; it must not detach itself
 * @param readyText what it prints once it listens
 * @param stopSignal the signal that ends it in order and does not wait for its clients, such as
 *     TERM
 */
record LocalProgram(
    String name,
    Account account,
    IntFunction<List<String>> command,
    String readyText,
    String stopSignal) {}
