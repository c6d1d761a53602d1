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
 * @param textHash 64 bits of the statement's text as it was sent, by which calls with the very same
 *     literals are known, and nothing else; null where there is no text, and where the text holds a
 *     parameter, whose value no span tells
 * @param returnedRows {@code db.response.returned_rows}; null where the span has none
 * @see <a
 *     href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">conventions</a>
 */
public record DatabaseCall(
    DatabaseSystem system,
    @Nullable Statement statement,
    @Nullable String command,
    @Nullable Integer backendPid,
    @Nullable Long textHash,
    @Nullable Long returnedRows) {

  /** A call of which neither the text as sent nor the rows are known. */
  public DatabaseCall(
      DatabaseSystem system,
      @Nullable Statement statement,
      @Nullable String command,
      @Nullable Integer backendPid) {
    this(system, statement, command, backendPid, null, null);
  }
}
