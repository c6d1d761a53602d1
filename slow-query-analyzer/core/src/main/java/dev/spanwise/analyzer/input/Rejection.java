package dev.spanwise.analyzer.input;

/**
 * A piece of input that could not be used.
 *
 * @param source file, URL or stream name
 * @param place line, byte offset, JSON pointer or record number
 * @param reason the rule that the piece broke, in words
 */
public record Rejection(String source, String place, String reason) {}
