package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.execution.LockWait;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A call's waits for one lock. The log has an entry once {@code deadlock_timeout} has passed, and
 * another once the lock was had; a wait that was given up has the first alone.
 *
 * @param mode the lock's mode, such as {@code ShareLock}
 * @param target what is locked, as the server says it
 * @param waitedMs time of all waits
 * @param entries entries of the log that tell of it
 */
record LockWaits(String mode, String target, double waitedMs, List<LockWait> entries) {

  private static final double NANOS_PER_MS = 1e6;

  LockWaits {
    entries = List.copyOf(entries);
  }

  static LockWaits of(List<LockWait> entries) {
    LockWait first = entries.get(0);
    double nanos = 0;
    double pending = 0;
    for (LockWait wait : entries) {
      if (wait.acquired()) {
        nanos += (double) wait.waitedNanos();
        pending = 0;
      } else {
        pending = Math.max(pending, (double) wait.waitedNanos());
      }
    }
    return new LockWaits(first.mode(), first.target(), (nanos + pending) / NANOS_PER_MS, entries);
  }

  /** What is locked, in words, whatever its number. */
  String what() {
    String kind = target.toLowerCase(Locale.ROOT);
    if (kind.startsWith("transaction")
        || kind.startsWith("tuple")
        || kind.startsWith("virtualxid")) {
      return "a row that another transaction has locked or changed";
    }
    if (kind.startsWith("relation")) {
      return "a table that another transaction has locked";
    }
    if (kind.startsWith("extension")) {
      return "room to extend a table";
    }
    return kind.startsWith("advisory") ? "an advisory lock" : "a lock";
  }

  List<Evidence> evidence() {
    LockWait last = entries.get(entries.size() - 1);
    String source = last.logged().source() + ", " + last.logged().place();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.ms("time of the wait", waitedMs, source));
    evidence.add(new Evidence("lock", mode + " on " + target, "1", source));
    List<Integer> holders =
        entries.stream().flatMap(entry -> entry.holders().stream()).distinct().toList();
    if (!holders.isEmpty()) {
      String pids = String.join(", ", holders.stream().map(String::valueOf).toList());
      evidence.add(new Evidence("processes that held it", pids, "1", source));
    }
    return evidence;
  }
}
