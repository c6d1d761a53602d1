package dev.spanwise.analyzer.trace;

import dev.spanwise.instrumentation.fingerprint.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What a database client span says of its call.
 *
 * @param system the database
 * @param statement {@code db.query.text} (or the older {@code db.statement}), normalised; null
 *     where the span has none
 * @param command without a statement the system and the operation, such as {@code redis SET}; null
 *     where there is a statement or neither is known
 * @param backendPid {@code postgresql.pid}: process id of the server backend that ran the statement
 */
public record DatabaseCall(
    DatabaseSystem system,
    @Nullable Statement statement,
    @Nullable String command,
    @Nullable Integer backendPid) {}
