package dev.spanwise.analyzer.postgresql.log;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a log, whatever the log's format.
 *
 * @param line number of its first line
 * @param time when it was written, as printed
 * @param backendPid process id of the backend; null where the entry has none
 * @param leaderPid process id of the backend that a parallel worker works for; null elsewhere, and
 *     where the log does not tell
 * @param applicationName of the session; null where the log does not tell
 * @param commandTag what the backend does, such as {@code SELECT} or {@code PARSE}; null where the
 *     log does not tell
 * @param message with all its lines, without severity and SQLSTATE
 * @param detail {@code DETAIL} of a lock wait; null where there is none
 * @param statement {@code STATEMENT}; null where there is none
 * @param last whether the input ends after it, so that it may be cut off
 */
record LogEntry(
    long line,
    String time,
    @Nullable Integer backendPid,
    @Nullable Integer leaderPid,
    @Nullable String applicationName,
    @Nullable String commandTag,
    String message,
    @Nullable String detail,
    @Nullable String statement,
    boolean last) {}
