package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.ServerEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the executions that may be a span's are. A wrong link costs more than a missing one:
 * where a choice is left, none is made.
 */
final class Resolution {

  private final Candidate candidate;
  private final Comments comments;

  /** Executions that may be the span's, each once. */
  private final List<Match> matches;

  private Resolution(Candidate candidate, Comments comments, List<Match> matches) {
    this.candidate = candidate;
    this.comments = comments;
    this.matches = matches;
  }

  /** The link of a span, null where the log has nothing that may be the span's. */
  static @Nullable Link of(Candidate candidate, SpanIndex index, Comments comments) {
    Integer pid = candidate.pid();
    boolean logged = pid != null && index.isLogged(pid);
    List<Match> matches = new ArrayList<>(candidate.executions().held());
    // A pid that no log has is a pooler's, and says nothing.
    boolean contradicted =
        logged && matches.removeIf(match -> match.backend() == Match.Backend.OTHER);
    Resolution resolution = new Resolution(candidate, comments, matches);
    if (!matches.isEmpty()) {
      return resolution.link();
    }
    if (contradicted) {
      return resolution.ambiguous(LinkMethod.TRACEPARENT, Doubt.CONTRADICTION);
    }
    return resolution.ofEventsAlone();
  }

  private @Nullable Link link() {
    List<Match> strongest = strongest();
    LinkMethod method = method(strongest);
    List<Match> own =
        Match.outermost(
            strongest.stream()
                .filter(Match::own)
                .filter(match -> match.place() != Match.Place.OUTLASTS)
                .toList());
    if (method == LinkMethod.FINGERPRINT_AND_DURATION) {
      return own.stream().anyMatch(Match::fits) ? only(method, own, own.get(0).fits()) : null;
    }
    List<Match> sure = own.stream().filter(Match::isSure).toList();
    if (!sure.isEmpty()) {
      return ofSure(method(sure), sure);
    }
    if (!own.isEmpty()) {
      return only(method(own), own, own.get(0).fits());
    }
    List<Match> others = Match.outermost(strongest.stream().filter(match -> !match.own()).toList());
    if (!others.isEmpty()) {
      return only(method, others, others.get(0).place() == Match.Place.SURELY_INSIDE);
    }
    return only(method, Match.outermost(strongest), true);
  }

  /** Those of the span's backend; where none is, those that the strongest method gives. */
  private List<Match> strongest() {
    List<Match> sameBackend =
        matches.stream().filter(match -> match.backend() == Match.Backend.SAME).toList();
    if (!sameBackend.isEmpty()) {
      return sameBackend;
    }
    LinkMethod method = method(matches);
    return matches.stream().filter(match -> match.method() == method).toList();
  }

  private static LinkMethod method(List<Match> some) {
    return some.stream().map(Match::method).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** Executions that went on during the span, on its backend or by its name. */
  private Link ofSure(LinkMethod method, List<Match> sure) {
    if (sure.stream().map(match -> match.logged().source()).distinct().count() > 1) {
      return ambiguous(method, Doubt.SEVERAL_SERVERS);
    }
    boolean oneBackend =
        sure.stream().map(match -> match.logged().backendPid()).distinct().count() == 1;
    if (!oneBackend) {
      return ambiguous(method, Doubt.SEVERAL_EXECUTIONS);
    }
    Match first = sure.get(0);
    boolean byNameAlone = first.backend() != Match.Backend.SAME;
    boolean stale = byNameAlone && comments.isStale(first.logged());
    if (stale && matches.size() > sure.size()) {
      return ambiguous(method, Doubt.SEVERAL_EXECUTIONS);
    }
    boolean one = candidate.executions().total(sure).executions() == 1;
    return settled(method, one && !stale ? Confidence.EXACT : Confidence.PROBABLE, sure);
  }

  /** Probable if there is one and nothing else can have it. */
  private Link only(LinkMethod method, List<Match> some, boolean plausible) {
    Doubt contested = some.get(0).contested();
    if (some.size() > 1) {
      return ambiguous(method, Doubt.SEVERAL_EXECUTIONS);
    }
    if (contested != null) {
      return ambiguous(method, contested);
    }
    return plausible
        ? settled(method, Confidence.PROBABLE, some)
        : ambiguous(method, Doubt.TOO_SHORT);
  }

  private Link settled(LinkMethod method, Confidence confidence, List<Match> executions) {
    Match shown = executions.stream().filter(Match::plan).findFirst().orElse(executions.get(0));
    if (!shown.settled()) {
      return ambiguous(method, Doubt.CLOCKS);
    }
    Executions.Total total = candidate.executions().total(executions);
    Logged entry = shown.logged();
    return new Link(
        candidate.slow(),
        method,
        confidence,
        candidate.planOf(shown),
        candidate.factsOf(shown),
        entry,
        total.executions(),
        total.nanos(),
        candidate.events().ofBackend(entry),
        null);
  }

  private Link ambiguous(LinkMethod method, Doubt doubt) {
    return new Link(
        candidate.slow(), method, Confidence.AMBIGUOUS, null, null, null, 0, 0, List.of(), doubt);
  }

  /** What the span waited for, a lock for example, where its statement's plan was not logged. */
  private @Nullable Link ofEventsAlone() {
    List<ServerEvent> events = candidate.events().all();
    boolean oneServer =
        events.stream().map(event -> event.logged().source()).distinct().count() == 1;
    boolean tell = events.stream().anyMatch(event -> candidate.isMainPart(event.durationNanos()));
    return candidate.pid() == null || !oneServer || !tell
        ? null
        : new Link(
            candidate.slow(),
            LinkMethod.BACKEND_PID,
            Confidence.EXACT,
            null,
            null,
            null,
            0,
            0,
            events,
            null);
  }
}
