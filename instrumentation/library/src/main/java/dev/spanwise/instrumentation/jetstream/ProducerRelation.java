package dev.spanwise.instrumentation.jetstream;

/** How the span that processes a message refers to the one that published it. */
public enum ProducerRelation {
  /** As its child: one trace goes from the publisher through every consumer. */
  PARENT,

  /**
   * By a link: the processing is a trace of its own, or part of the one that is current. For
   * streams that are replayed, or read long after they were written.
   */
  LINK
}
