package dev.spanwise.telemetry;

/** One value of a closed set, and what it says. */
public record AllowedValue(String value, String brief) {}
