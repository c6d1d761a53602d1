package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects outcomes in the order of the log. For one thread. */
final class Outcomes {

  private final List<Outcome> collected = new ArrayList<>();
  private boolean entrySeen;

  void event(ServerEvent event) {
    collected.add(new Outcome.Event(event));
  }

  void begun(Outcome.Begun begun) {
    collected.add(begun);
  }

  /** Notes an entry with {@code severity}, if it ends the backend's statement. */
  void ended(@Nullable String severity, @Nullable Integer backendPid) {
    if (backendPid != null && severity != null && Messages.endsStatement(severity)) {
      collected.add(new Outcome.Failed(backendPid));
    }
  }

  void reject(long line, String reason) {
    collected.add(new Outcome.Rejected(line, reason, false));
  }

  void rejectOnce(long line, String reason) {
    collected.add(new Outcome.Rejected(line, reason, true));
  }

  void stray(long line, String reason) {
    collected.add(new Outcome.Stray(line, reason));
  }

  void entrySeen() {
    if (!entrySeen) {
      entrySeen = true;
      collected.add(new Outcome.EntrySeen());
    }
  }

  void forEach(Consumer<Outcome> action) {
    collected.forEach(action);
  }
}
