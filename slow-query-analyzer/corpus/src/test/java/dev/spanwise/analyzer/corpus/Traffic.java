package dev.spanwise.analyzer.corpus;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a case, all alike.
 *
 * @param requests how many
 * @param pool the pool that they share; null where each finds a connection at once
 * @param steps the statements of a request, in order
 */
record Traffic(int requests, @Nullable Pool pool, List<Step> steps) {

  Traffic {
    steps = List.copyOf(steps);
  }

  /**
   * A connection pool under load.
   *
   * @param connections connections in it
   * @param concurrency requests at the same time
   * @param hold how long a request keeps its connection after its last statement
   */
  record Pool(int connections, int concurrency, Duration hold) {}

  /**
   * A statement. {@code {n}} in its text and in its parameters stands for the number of its
   * execution, from 1.
   *
   * @param times executions in each request
   */
  record Step(String sql, Send send, List<Parameter> parameters, int times) {
    Step {
      parameters = List.copyOf(parameters);
    }

    boolean reads() {
      String start = sql.strip().toLowerCase(Locale.ROOT);
      return (start.startsWith("select") || start.startsWith("with"))
          && !start.contains("for update");
    }
  }

  /** How the driver sends a statement. */
  enum Send {
    /** As one text that holds its values. */
    TEXT,
    /** With parameters, planned anew for the values of each execution. */
    PREPARED,
    /** As a named statement: after five executions the server chooses how to plan. */
    SERVER_PREPARED,
    /** As a named statement under {@code plan_cache_mode = force_generic_plan}. */
    GENERIC
  }

  /**
   * A parameter.
   *
   * @param type the server's name of the type that it is bound as, such as int8
   */
  record Parameter(String type, String value) {}
}
