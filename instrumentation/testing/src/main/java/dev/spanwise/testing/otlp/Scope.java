package dev.spanwise.testing.otlp;

/**
 * Who made a span or a metric.
 *
 * @param version empty where none was said
 */
public record Scope(String name, String version) {}
