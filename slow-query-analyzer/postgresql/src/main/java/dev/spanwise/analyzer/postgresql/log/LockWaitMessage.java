package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.Logged;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code process 42 still waiting for ShareLock on transaction 743 after 1000.123 ms}, that it
 * acquired the lock, or that it gave up.
 *
 * @param mode the lock's mode
 * @param target what is locked
 * @param waitedNanos how long it had waited
 * @param acquired whether it then had the lock
 * @param holders process ids of those that held it
 */
record LockWaitMessage(
    String mode, String target, long waitedNanos, boolean acquired, List<Integer> holders) {

  private static final Pattern WAIT =
      Pattern.compile(
          Messages.PROCESS
              + "\\d+ (still waiting for|acquired|failed to acquire"
              + "|detected deadlock while waiting for|avoided deadlock for)"
              + " (\\w+) on (.{1,300}?)(?: by rearranging queue order)?"
              + " after (\\d{1,12})\\.(\\d{3}) ms"
              // Where a statement is parsed, stderr has the place of the table in it.
              + "(?: at character \\d{1,10})?\\s*");
  private static final Pattern HOLDERS =
      Pattern.compile("Process(?:es)? holding the lock: ([\\d, ]+)\\.");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  LockWaitMessage {
    holders = List.copyOf(holders);
  }

  /** Reads it; null where it is something else that begins alike. */
  static @Nullable LockWaitMessage of(String message, @Nullable String detail) {
    Matcher matcher = WAIT.matcher(message);
    if (!matcher.matches()) {
      return null;
    }
    long waitedMicros = Long.parseLong(matcher.group(4) + matcher.group(5));
    return new LockWaitMessage(
        matcher.group(2),
        matcher.group(3),
        waitedMicros * 1_000,
        matcher.group(1).equals("acquired"),
        detail == null ? List.of() : holders(detail));
  }

  private static List<Integer> holders(String detail) {
    Matcher matcher = HOLDERS.matcher(detail);
    return matcher.find()
        ? NUMBER
            .matcher(matcher.group(1))
            .results()
            .map(pid -> Integer.valueOf(pid.group()))
            .toList()
        : List.of();
  }

  LockWait event(Logged head) {
    return new LockWait(head, mode, target, waitedNanos, acquired, holders);
  }
}
