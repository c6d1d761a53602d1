package dev.spanwise.analyzer.postgresql.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from a log's first lines which format it is in, and in stderr format its
 * log_line_prefix. Holds those lines until then, {@value #SAMPLE_BYTES} bytes at most and one line
 * more. For one thread.
 */
final class FormatDiscovery {

  private static final int HEAD_BYTES = 1200;
  private static final int SAMPLE_HEADS = 64;
  private static final int SAMPLE_BYTES = 1 << 20;
  private static final int LINE_OVERHEAD_BYTES = 64;
  private static final Pattern JSON_ENTRY = Pattern.compile("\\s*\\{\\s*\"timestamp\"\\s*:.*");

  private final @Nullable String givenPrefix;
  private final List<Line> sample = new ArrayList<>();
  private int heads;
  private int bytes;

  /**
   * @param givenPrefix the server's log_line_prefix; null to find it out
   */
  FormatDiscovery(@Nullable String givenPrefix) {
    this.givenPrefix = givenPrefix;
  }

  /** Whether the lines so far settle it. */
  boolean add(Line line) {
    Line kept = line.copy();
    sample.add(kept);
    bytes += kept.length() + LINE_OVERHEAD_BYTES;
    boolean begins = !kept.startsWith('\t') && !kept.isBlank();
    heads += begins ? 1 : 0;
    boolean settled = begins && heads == 1 && (isJson(kept) || CsvLogFormat.isHead(kept));
    return settled || givenPrefixBegins(kept) || heads >= SAMPLE_HEADS || bytes >= SAMPLE_BYTES;
  }

  private boolean givenPrefixBegins(Line line) {
    return givenPrefix != null && LinePrefix.of(givenPrefix).match(line.head(HEAD_BYTES)) != null;
  }

  /** The lines so far, which the format has not seen. */
  List<Line> sample() {
    return sample;
  }

  /**
   * The format that most lines are in.
   *
   * @param atLast whether no more lines come: else null where none fits so far
   */
  @Nullable EntryFormat choose(boolean atLast, EntryQueue queue) {
    List<Line> begun =
        sample.stream().filter(line -> !line.startsWith('\t') && !line.isBlank()).toList();
    long json = begun.stream().filter(FormatDiscovery::isJson).count();
    long csv = begun.stream().filter(CsvLogFormat::isHead).count();
    LinePrefix prefix = prefix(begun);
    long stderr = prefix == null ? 0 : matches(begun, prefix);
    if (csv > 0 && csv >= stderr && csv >= json) {
      return new CsvLogFormat(queue);
    }
    if ((json > 0 && json >= stderr)
        || (stderr == 0 && !begun.isEmpty() && begun.get(0).startsWith('{'))) {
      return new JsonLogFormat(queue);
    }
    return prefix == null && !atLast ? null : new StderrFormat(prefix, givenPrefix != null, queue);
  }

  private @Nullable LinePrefix prefix(List<Line> begun) {
    if (givenPrefix != null) {
      return LinePrefix.of(givenPrefix);
    }
    return begun.isEmpty()
        ? null
        : LinePrefixDiscovery.discover(begun.stream().map(line -> line.head(HEAD_BYTES)).toList());
  }

  private static long matches(List<Line> begun, LinePrefix prefix) {
    return begun.stream().filter(line -> prefix.match(line.head(HEAD_BYTES)) != null).count();
  }

  private static boolean isJson(Line line) {
    return JSON_ENTRY.matcher(line.head(HEAD_BYTES)).lookingAt();
  }
}
