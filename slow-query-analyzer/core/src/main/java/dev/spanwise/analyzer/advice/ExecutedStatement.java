package dev.spanwise.analyzer.advice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement as the server executed it, literals included: for the planner alone, never to be
 * shown.
 *
 * @param sql the text, with parameters {@code $1}, {@code $2} and so on where it was prepared
 * @param parameters their values as text, an element null for NULL; null where they are not known:
 *     then the statement is planned generically
 */
public record ExecutedStatement(String sql, @Nullable List<@Nullable String> parameters) {

  public ExecutedStatement {
    parameters =
        parameters == null ? null : Collections.unmodifiableList(new ArrayList<>(parameters));
  }
}
