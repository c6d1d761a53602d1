package dev.spanwise.analyzer.benchmarks.links;

import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.link.Confidence;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.LinkMethod;
import dev.spanwise.analyzer.link.Links;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Right and wrong links of one variant. */
final class Tally {

  static final String HEAD =
      "| known of the calls | linked rightly | exact | wrong | ambiguous | not linked | by method | processor time of an entry |\n|---|---|---|---|---|---|---|---|";

  private final Map<LinkMethod, Long> byMethod = new EnumMap<>(LinkMethod.class);
  private final List<String> wrongs = new ArrayList<>();
  private long exact;
  private long right;
  private long ambiguous;
  private long spans;

  /**
   * @param calls by the place of their entry in the log
   * @param logged how many of the slow spans have an entry
   */
  static Tally of(Links links, Map<String, Call> calls, long logged) {
    Tally tally = new Tally();
    tally.spans = logged;
    for (Link link : links.links()) {
      tally.count(link, calls);
    }
    return tally;
  }

  private void count(Link link, Map<String, Call> calls) {
    Logged entry = link.logged();
    if (entry == null) {
      ambiguous++;
      return;
    }
    Call executed = calls.get(entry.place());
    if (executed == null || executed.id() != link.span().span().spanId()) {
      wrongs.add(link.method().id() + ": " + executed + " for call " + link.span().span().spanId());
      return;
    }
    right++;
    exact += link.confidence() == Confidence.EXACT ? 1 : 0;
    byMethod.merge(link.method(), 1L, Long::sum);
  }

  List<String> wrongs() {
    return wrongs;
  }

  String row(String words, double micros) {
    StringBuilder methods = new StringBuilder();
    byMethod.forEach(
        (method, count) ->
            methods
                .append(methods.length() == 0 ? "" : ", ")
                .append(String.format(Locale.ROOT, "%s %,d", method.id(), count)));
    return String.format(
        Locale.ROOT,
        "| %s | %.2f %% | %.2f %% | %,d | %,d | %,d | %s | %.1f µs |",
        words,
        100.0 * right / spans,
        100.0 * exact / spans,
        wrongs.size(),
        ambiguous,
        Math.max(0, spans - right - ambiguous - wrongs.size()),
        methods,
        micros);
  }
}
