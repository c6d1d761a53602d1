package dev.spanwise.analyzer.execution;

import java.util.List;

/**
 * A backend waited for a lock for longer than {@code deadlock_timeout} ({@code log_lock_waits}).
 * See <a
 * href="https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-LOCK-WAITS">log_lock_waits</a>.
 *
 * @param mode the lock's mode, such as {@code ShareLock}
 * @param target what is locked, as the server says it: {@code relation 16385 of database 5}, {@code
 *     transaction 743}
 * @param waitedNanos how long it had waited when the entry was written
 * @param acquired whether it then had the lock; otherwise it went on waiting
 * @param holders process ids of the backends that held it; empty where the log does not name them
 */
public record LockWait(
    Logged logged,
    String mode,
    String target,
    long waitedNanos,
    boolean acquired,
    List<Integer> holders)
    implements ServerEvent {

  public LockWait {
    holders = List.copyOf(holders);
  }

  @Override
  public long durationNanos() {
    return waitedNanos;
  }
}
