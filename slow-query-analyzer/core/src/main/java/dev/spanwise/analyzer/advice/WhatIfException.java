package dev.spanwise.analyzer.advice;

/** A question that a what-if planner cannot answer. */
public final class WhatIfException extends Exception {

  public WhatIfException(String message) {
    super(message);
  }

  public WhatIfException(String message, Throwable cause) {
    super(message, cause);
  }
}
