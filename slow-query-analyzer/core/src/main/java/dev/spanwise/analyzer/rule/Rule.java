package dev.spanwise.analyzer.rule;

/** A rule of the catalogue. Stateless. */
interface Rule {

  /** The class's name, which states the observation. */
  default String id() {
    return getClass().getSimpleName();
  }
}
