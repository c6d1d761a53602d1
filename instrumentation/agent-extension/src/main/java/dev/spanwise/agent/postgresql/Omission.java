package dev.spanwise.agent.postgresql;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Why the process is left off; each is logged once. Thread-safe. */
enum Omission {
  POOLER("where a pooler stands before the server"),
  NO_ANSWER("the server did not say which process it is");

  private static final Logger logger = Logger.getLogger("dev.spanwise.agent");
  private static final Set<Omission> LOGGED = ConcurrentHashMap.newKeySet();

  private final String reason;

  Omission(String reason) {
    this.reason = reason;
  }

  void log(String detail, @Nullable Exception cause) {
    if (LOGGED.add(this)) {
      logger.log(Level.WARNING, "postgresql.pid is left off: " + reason + detail, cause);
    }
  }
}
