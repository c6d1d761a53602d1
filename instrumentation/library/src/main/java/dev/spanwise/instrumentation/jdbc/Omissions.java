package dev.spanwise.instrumentation.jdbc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what the spans of some connections will lack, each reason once. Never throws. */
final class Omissions {
  private static final Logger logger = LoggerFactory.getLogger(Omissions.class);

  private final Set<Reason> told = ConcurrentHashMap.newKeySet();

  /** Why a connection's spans lack {@code postgresql.pid}. */
  enum Reason {
    NOT_POSTGRESQL("these are not connections of PostgreSQL's driver"),
    POOLER("a pooler such as PgBouncer is between the driver and the server"),
    IN_TRANSACTION("they come with an open transaction, in which nothing is asked"),
    NOT_ANSWERED("the server did not say which process serves a connection");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }
  }

  void tell(Reason reason, String detail, @Nullable Throwable failure) {
    try {
      if (told.add(reason)) {
        logger.warn(
            "Spans will have no postgresql.pid: {} ({}); said once",
            reason.sentence,
            detail,
            failure);
      }
    } catch (Throwable e) {
      // A logger that fails: there is nobody left to tell.
      told.add(reason);
    }
  }
}
