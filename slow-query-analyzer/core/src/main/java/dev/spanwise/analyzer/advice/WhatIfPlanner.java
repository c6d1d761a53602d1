package dev.spanwise.analyzer.advice;

/**
 * Says what the planner would do if an index existed. Implementations are used by one thread at a
 * time.
 */
public interface WhatIfPlanner extends AutoCloseable {

  /** How the answers come about: {@code shadow}, {@code hypopg} or {@code executed}. */
  Method method();

  /**
   * Plans {@code sql} without and with {@code candidate}.
   *
   * @throws WhatIfException where the statement cannot be planned or the index cannot be built,
   *     saying why; the database is as it was before
   */
  WhatIf plan(ExecutedStatement statement, IndexCandidate candidate) throws WhatIfException;

  @Override
  void close();

  /** The contract's {@code verified.by}. */
  enum Method {
    SHADOW,
    HYPOPG,
    EXECUTED
  }
}
