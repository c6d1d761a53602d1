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
import java.util.Set;

/** Right and wrong links of one variant. */
final class Tally {

  static final String HEAD =
      "| known of the calls | linked rightly | exact | wrong | ambiguous | not linked | ambiguous without a plan | by method | processor time of an entry |\n|---|---|---|---|---|---|---|---|---|";

  private final Map<LinkMethod, Long> byMethod = new EnumMap<>(LinkMethod.class);
  private final List<String> wrongs = new ArrayList<>();
  private long wrongsOfPlanned;
  private long exact;
  private long right;
  private long ambiguous;
  private long ambiguousWithoutPlan;
  private final long spans;

  private Tally(long spans) {
    this.spans = spans;
  }

  /**
   * @param calls by the place of their entry in the log
   * @param planned the ids of the slow spans that have an entry
   */
  static Tally of(Links links, Map<String, Call> calls, Set<Long> planned) {
    Tally tally = new Tally(planned.size());
    for (Link link : links.links()) {
      tally.count(link, calls, planned);
    }
    return tally;
  }

  private void count(Link link, Map<String, Call> calls, Set<Long> planned) {
    Logged entry = link.logged();
    if (entry == null) {
      boolean hasPlan = planned.contains(link.span().span().spanId());
      ambiguous += hasPlan ? 1 : 0;
      ambiguousWithoutPlan += hasPlan ? 0 : 1;
      return;
    }
    Call executed = calls.get(entry.place());
    if (executed == null || executed.id() != link.span().span().spanId()) {
      wrongsOfPlanned += planned.contains(link.span().span().spanId()) ? 1 : 0;
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

  /** Of the spans that have an entry, those without any link. */
  private long unlinked() {
    long unlinked = spans - right - ambiguous - wrongsOfPlanned;
    if (unlinked < 0) {
      throw new IllegalStateException("more links than spans: " + unlinked);
    }
    return unlinked;
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
        "| %s | %.2f %% | %.2f %% | %,d | %,d | %,d | %,d | %s | %.1f µs |",
        words,
        100.0 * right / spans,
        100.0 * exact / spans,
        wrongs.size(),
        ambiguous,
        unlinked(),
        ambiguousWithoutPlan,
        methods,
        micros);
  }
}
