package dev.spanwise.analyzer.postgresql.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the log_line_prefix of a log from the lines that could begin an entry: first the
 * prefixes that distributions and providers set, then any timestamp with a number that could be a
 * process id. The one that fits most lines wins. Stateless.
 */
final class LinePrefixDiscovery {

  private static final List<LinePrefix> KNOWN =
      List.of(
          LinePrefix.of("%m [%p] "), // the server's default
          LinePrefix.of("%m [%p] %q%u@%d "), // Debian
          LinePrefix.of("%t:%r:%u@%d:[%p]:"), // Amazon RDS
          LinePrefix.of("%m:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a:"), // Amazon RDS
          LinePrefix.of("%m [%p]: [%l-1] db=%d,user=%u "), // Google Cloud SQL
          LinePrefix.of("%t-%c-"), // Azure
          LinePrefix.of("%h %m [%p] %q%u@%d "), // Supabase
          LinePrefix.of("%m [%p] %q[user=%u,db=%d,app=%a] "), // pganalyze
          LinePrefix.of("%m [%p] %q[user=%u,db=%d,app=%a,host=%h] "), // pganalyze
          LinePrefix.of("%m [%p][%b][%v][%x] %q[user=%u,db=%d,app=%a] "), // pganalyze
          LinePrefix.of("%m [%p][%v] : [%l-1] %q[app=%a] "), // Crunchy Bridge
          LinePrefix.of("%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h "), // pgBadger
          LinePrefix.of("%t [%p]: user=%u,db=%d,app=%a,client=%h "), // pgBadger
          LinePrefix.of("%m [%r] [%p]: [%l-1] user=%u,db=%d,host=%h,app=%a [%e] "));

  private static final int LINES_SEARCHED = 20;
  private static final int CANDIDATES = 60;
  private static final Pattern TIMESTAMP = Pattern.compile(LinePrefix.TIME);
  private static final Pattern EPOCH = Pattern.compile("(?<!\\d)" + LinePrefix.EPOCH + "(?!\\d)");
  private static final Pattern SESSION =
      Pattern.compile("(?<![0-9a-f])[0-9a-f]{8}\\.[0-9a-f]{1,8}(?![0-9a-f.])");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\d.:])[1-9]\\d{0,9}(?![\\d.:]*\\d)");
  private static final Pattern PID_KEY =
      Pattern.compile("(?:pid|process|proc|p|backend)[=:#]\\[?", Pattern.CASE_INSENSITIVE);
  private static final int SESSION_RANK = 5;

  private LinePrefixDiscovery() {}

  /**
   * The prefix that fits; null where none does.
   *
   * @param heads lines that do not begin with a tab
   */
  static @Nullable LinePrefix discover(List<String> heads) {
    Best known = new Best(heads);
    KNOWN.forEach(known::consider);
    if (known.matches * 2 >= heads.size() && known.matches > 0) {
      return known.prefix;
    }
    Best found = new Best(heads);
    generated(heads).forEach(found::consider);
    // One line in many could be a message that quotes a timestamp.
    boolean confirmed = found.matches > 1 || found.matches == heads.size();
    return confirmed && found.matches > known.matches ? found.prefix : known.prefix;
  }

  /** Prefixes around each number of the first lines, the most likely first. */
  private static List<LinePrefix> generated(List<String> heads) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    for (String head : heads.subList(0, Math.min(heads.size(), LINES_SEARCHED))) {
      generate(head.length() > 600 ? head.substring(0, 600) : head, ranks);
    }
    return ranks.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .limit(CANDIDATES)
        .map(entry -> new LinePrefix(entry.getKey()))
        .toList();
  }

  private static void generate(String head, Map<String, Integer> ranks) {
    Matcher time = TIMESTAMP.matcher(head);
    Matcher epoch = EPOCH.matcher(head);
    boolean hasTime = time.find();
    String timeRegex = LinePrefix.TIME;
    // With %n, a timestamp after it is the session's start.
    if (epoch.find() && !(hasTime && time.start() < epoch.start())) {
      time = epoch;
      timeRegex = LinePrefix.EPOCH;
    } else if (!hasTime) {
      return;
    }
    Matcher session = SESSION.matcher(head);
    while (session.find()) {
      if (outside(session, time)) {
        ranks.merge(
            regex(head, time, timeRegex, session, "session", LinePrefix.SESSION),
            SESSION_RANK,
            Math::min);
      }
    }
    Matcher number = NUMBER.matcher(head);
    while (number.find()) {
      if (outside(number, time)) {
        String regex = regex(head, time, timeRegex, number, "pid", "\\d{1,10}");
        ranks.merge(regex, rank(head, time, number), Math::min);
      }
    }
  }

  private static boolean outside(Matcher number, Matcher time) {
    return number.end() <= time.start() || number.start() >= time.end();
  }

  /** Lower is likelier: what is called a pid, else near the timestamp or the line's start. */
  private static int rank(String head, Matcher time, Matcher number) {
    String before = before(head, number.start());
    if (PID_KEY.matcher(before).matches()) {
      return 0;
    }
    int gap =
        number.start() > time.start()
            ? number.start() - time.end()
            : Math.min(time.start() - number.end(), number.start());
    boolean bracket = before.endsWith("[");
    boolean port = before.endsWith("(");
    boolean lineNumber = head.startsWith("-", number.end());
    return Math.min(99, gap) + (bracket ? 1 : 10) + (port || lineNumber ? 100 : 0);
  }

  private static String regex(
      String head, Matcher time, String timeRegex, Matcher id, String group, String idRegex) {
    String before = before(head, id.start());
    String after = id.end() < head.length() ? head.substring(id.end(), id.end() + 1) : "";
    String idPart =
        Pattern.quote(before) + "(?<" + group + ">" + idRegex + ")" + Pattern.quote(after);
    String timePart = "(?<time>" + timeRegex + ")";
    return id.start() < time.start()
        ? ".{0,200}?" + idPart + ".{0,200}?" + timePart + ".{0,300}?"
        : ".{0,200}?" + timePart + ".{0,200}?" + idPart + ".{0,300}?";
  }

  /** What stands before {@code at} in each entry: punctuation, and the key of {@code key=}. */
  private static String before(String head, int at) {
    int start = at;
    while (start > 0 && at - start < 3 && isPunctuation(head.charAt(start - 1))) {
      start--;
    }
    if (start == at) {
      return head.substring(Math.max(0, at - 1), at);
    }
    if (head.charAt(start) == '=' || head.charAt(start) == ':') {
      while (start > 0 && Character.isLetter(head.charAt(start - 1))) {
        start--;
      }
    }
    return head.substring(start, at);
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && !Character.isLetterOrDigit(c);
  }

  private static final class Best {

    private final List<String> heads;
    private @Nullable LinePrefix prefix;
    private int matches;

    Best(List<String> heads) {
      this.heads = heads;
    }

    void consider(LinePrefix candidate) {
      int count = 0;
      for (String head : heads) {
        LinePrefix.Head match = candidate.match(head);
        if (match != null && match.pid() != null) {
          count++;
        }
      }
      if (count > matches) {
        matches = count;
        prefix = candidate;
      }
    }
  }
}
