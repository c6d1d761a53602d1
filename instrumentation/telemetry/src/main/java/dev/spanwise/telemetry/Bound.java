package dev.spanwise.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * What keeps the values of a label few that are no closed set.
 *
 * @param by what the values are, and who limits them
 * @param atMost how many there can be in one process
 * @param further the value that stands for all further ones; null where there can be none
 */
public record Bound(String by, int atMost, @Nullable String further) {}
