package dev.spanwise.analyzer.postgresql.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The format of {@code log_destination = stderr}: log_line_prefix, severity and message; further
 * lines of the message begin with a tab, and parts of the entry ({@code DETAIL}, {@code STATEMENT})
 * with the same prefix.
 */
final class StderrFormat implements EntryFormat {

  private static final int HEAD_BYTES = 1200;
  private static final int PLACE_BYTES = 80;
  private static final int DATE_LENGTH = "2026-11-22".length();

  /** Entries that are all taken apart, to see the language of their labels. */
  private static final int ENTRIES_TAKEN_APART = 1_000;

  private static final String STRAY =
      "not part of an entry: begins neither with the log_line_prefix nor with a tab";
  private static final Set<String> PARTS =
      Set.of("DETAIL", "HINT", "QUERY", "CONTEXT", "LOCATION", "STATEMENT", "BACKTRACE");
  private static final List<byte[]> STARTS =
      List.of(
          Messages.DURATION.getBytes(US_ASCII),
          Messages.STATEMENT.getBytes(US_ASCII),
          Messages.EXECUTE.getBytes(US_ASCII),
          Messages.PROCESS.getBytes(US_ASCII),
          Messages.TEMPORARY_FILE.getBytes(US_ASCII));

  private static final List<byte[]> FAILURES =
      Messages.FAILURES.stream().map(severity -> severity.getBytes(US_ASCII)).toList();

  private final EntryQueue queue;
  private final KnownHeads knownHeads = new KnownHeads();
  private final @Nullable LinePrefix prefix;
  private final boolean prefixGiven;
  private boolean binary;
  private boolean severitySeen;
  private @Nullable OpenEntry open;
  private long entries;

  /** With which the last entry's line began; null where it began with something else. */
  private byte @Nullable [] date;

  /**
   * @param prefix null where none fits: then all lines are strays
   * @param prefixGiven whether the user named it
   */
  StderrFormat(@Nullable LinePrefix prefix, boolean prefixGiven, EntryQueue queue) {
    this.prefix = prefix;
    this.prefixGiven = prefixGiven;
    this.queue = queue;
  }

  @Override
  public void line(Line line) {
    if (line.startsWith('\t')) {
      continuation(line);
    } else if (prefix == null) {
      strayUnlessBlank(line);
    } else if (open != null || !isForPassingOver(line)) {
      begin(line, prefix);
    }
  }

  private void continuation(Line line) {
    if (open != null) {
      open.continuation(line);
    } else if (entries == 0) {
      strayUnlessBlank(line);
    }
  }

  /** Whether the line begins another entry of that day, of which nothing is read. */
  private boolean isForPassingOver(Line line) {
    return entries > ENTRIES_TAKEN_APART
        && date != null
        && line.startsWith(date)
        && !holdsWhatMatters(line);
  }

  private static boolean holdsWhatMatters(Line line) {
    int end = Math.min(line.length(), HEAD_BYTES) - 2;
    for (int i = line.indexOf(':', DATE_LENGTH, end); i >= 0; i = line.indexOf(':', i + 1, end)) {
      int message = afterColon(line, i + 1);
      if (message >= 0 && (endsFailure(line, i) || begins(line, message))) {
        return true;
      }
    }
    return false;
  }

  /** Where a message begins, if the colon before {@code from} is a severity's; else -1. */
  private static int afterColon(Line line, int from) {
    int at = from;
    if (line.at(from) == '[') {
      // AlloyDB has the place of the code there.
      int limit = Math.min(line.length(), from + PLACE_BYTES);
      at = line.indexOf(']', from, limit) + 1;
    } else if (line.at(from) != ' ') {
      return -1;
    }
    for (int spaces = 0; spaces < 2 && at < line.length() && line.at(at) == ' '; spaces++) {
      at++;
    }
    return at;
  }

  private static boolean begins(Line line, int message) {
    for (byte[] start : STARTS) {
      if (line.hasAt(message, start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsFailure(Line line, int end) {
    for (byte[] failure : FAILURES) {
      if (line.hasAt(end - failure.length, failure)) {
        return true;
      }
    }
    return false;
  }

  private void begin(Line line, LinePrefix known) {
    LinePrefix.Head head = head(line, known);
    OpenEntry before = open;
    if (head == null) {
      if (before != null && before.tabsAreLost()) {
        before.append(line, 0);
      } else {
        strayUnlessBlank(line);
      }
    } else if (PARTS.contains(head.label())) {
      seen(line, head);
      if (before != null) {
        before.part(line, head);
      }
    } else {
      finish(false);
      seen(line, head);
      if (!Messages.isEnglish(head.label())) {
        long number = line.number();
        queue.add(number, (reader, outcomes) -> outcomes.rejectOnce(number, Messages.FOREIGN), 0);
      }
      if (Messages.endsStatement(head.label())) {
        queue.add(line.number(), (reader, outcomes) -> outcomes.ended(head.label(), head.pid()), 0);
      }
      boolean matters =
          Messages.matter(head.message()) || Messages.isForeignDuration(head.message());
      open = matters ? new OpenEntry(line, head) : null;
    }
  }

  private LinePrefix.@Nullable Head head(Line line, LinePrefix known) {
    LinePrefix.Head head = knownHeads.of(line, HEAD_BYTES);
    if (head == null) {
      head = known.match(line.head(HEAD_BYTES));
      if (head != null) {
        knownHeads.add(line, head);
      }
    }
    return head;
  }

  private void seen(Line line, LinePrefix.Head head) {
    boolean dated = head.time().charAt(4) == '-' && line.startsWith(head.time().getBytes(UTF_8));
    date = dated ? head.time().substring(0, DATE_LENGTH).getBytes(UTF_8) : null;
    if (entries == 0) {
      queue.add(line.number(), (reader, outcomes) -> outcomes.entrySeen(), 0);
    }
    entries++;
  }

  private void strayUnlessBlank(Line line) {
    if (!line.isBlank()) {
      if (entries == 0) {
        String head = line.head(HEAD_BYTES);
        binary |= head.indexOf('\0') >= 0;
        severitySeen = severitySeen || LinePrefix.hasSeverity(head);
      }
      long number = line.number();
      queue.add(number, (reader, outcomes) -> outcomes.stray(number, STRAY), 0);
    }
  }

  private void finish(boolean last) {
    OpenEntry entry = open;
    open = null;
    if (entry != null) {
      queue.add(entry.line(), entry.pending(last), entry.bytes());
    }
  }

  @Override
  public void quiet() {
    finish(false);
  }

  @Override
  public void end() {
    finish(true);
  }

  @Override
  public String reasonWithoutEntries() {
    if (binary) {
      return "binary or UTF-16: neither a server log in UTF-8 nor one compressed with gzip";
    }
    if (!severitySeen) {
      return "does not look like PostgreSQL's log: no line has a severity, such as LOG: or ERROR:";
    }
    return prefixGiven
        ? "no line begins with the given log_line_prefix and a severity"
        : "no line begins with a timestamp, a process id and a severity as a log_line_prefix"
            + " prints them: give the server's log_line_prefix";
  }
}
