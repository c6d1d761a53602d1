package dev.spanwise.analyzer.postgresql.log;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is often given in the place of a server's log, or put a server's lines in lines of its own.
 */
enum OtherProgram {
  SYSLOG(
      true,
      "\\S.{0,100}? postgres(?:ql)?\\[\\d+]: .*",
      "syslog's copy of PostgreSQL's messages, each line by itself and mixed with others': of"
          + " entries with several lines, such as plans, none can be read; let the server log to"
          + " stderr, csvlog or jsonlog"),
  HEROKU(
      false,
      "\\S+ (?:app|heroku)\\[[\\w.-]+]: .*",
      "Heroku's log: its lines have no process id of the backend and cut plans off, so that nothing"
          + " in it can be tied to a span"),
  CONTAINER_RUNTIME(
      true,
      "\\d{4}-\\d\\d-\\d\\dT\\S+ (?:stdout|stderr) [FP] .*",
      "a container runtime's copy: each line begins with its own time and stream; take these off"
          + " (kubectl logs does)"),
  DOCKER(
      false,
      "\\{\"log\":\".*",
      "Docker's copy, each line in an object of its own; take it out (docker logs does)"),
  JOURNAL(
      false,
      "(?:__CURSOR=|__REALTIME_TIMESTAMP=|\\{.{0,300}\"__(?:CURSOR|REALTIME_TIMESTAMP)\").*",
      "an export of systemd's journal; print its messages alone: journalctl --output=cat"),
  PGBOUNCER(
      false,
      ".{0,60}\\[\\d+] \\w+ (?:[CS]-0x[0-9a-f]+: |stats: |kernel file descriptor ).*",
      "PgBouncer's log: give that of the server behind it"),
  MYSQL(
      false,
      "(?:# Time: |# User@Host: |# Query_time: |\\d{4}-\\d\\d-\\d\\dT\\S+ \\d+ \\[\\w+] ).*",
      "MySQL's log: only PostgreSQL's is read"),
  WEB_SERVER(
      false,
      "\\S{1,100} \\S{1,100} .{1,100} \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] \".*",
      "a web server's access log: only PostgreSQL's is read"),
  SPANS(false, "\\{\\s*\"resourceSpans\".*", "spans: give them by --spans"),
  JAVA(
      false,
      "(?:\\d{4}-\\d\\d-\\d\\d[T ])?\\d\\d:\\d\\d:\\d\\d[.,]\\d{3}\\S*"
          + " .{0,60}\\b(?:TRACE|DEBUG|INFO|WARN|ERROR)\\b.{0,120} (?:[-:]|--) .*",
      "an application's log: only PostgreSQL's is read");

  private static final int HEAD_BYTES = 600;

  /** Lines that are looked at. */
  private static final int SAMPLE = 20;

  private final boolean wrapsEntries;
  private final Pattern line;
  private final String words;

  /**
   * @param wrapsEntries whether lines of a server stand in it that can be read as far as one line
   *     goes
   */
  OtherProgram(boolean wrapsEntries, String line, String words) {
    this.wrapsEntries = wrapsEntries;
    this.line = Pattern.compile(line);
    this.words = words;
  }

  /**
   * What the first lines are like; null where they are like none of these.
   *
   * @param lines an input's first lines
   */
  static @Nullable OtherProgram of(List<Line> lines) {
    List<String> heads =
        lines.stream()
            .filter(line -> !line.isBlank() && !line.startsWith('\t'))
            .limit(SAMPLE)
            .map(line -> line.head(HEAD_BYTES))
            .toList();
    OtherProgram likest = null;
    long most = 0;
    for (OtherProgram program : values()) {
      long alike = heads.stream().filter(head -> program.line.matcher(head).matches()).count();
      if (alike > most) {
        likest = program;
        most = alike;
      }
    }
    return most > 1 || most * 2 > heads.size() ? likest : null;
  }

  boolean wrapsEntries() {
    return wrapsEntries;
  }

  /** What it looks like and what to do about it. */
  String reason() {
    return "looks like " + words;
  }
}
