package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.analyzer.workload.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ties slow spans to what servers logged of them, by the methods of {@link LinkMethod}, the
 * strongest that applies. Where several executions or spans could belong to each other, or what
 * names them contradicts, the link is ambiguous and says why.
 *
 * <p>By backend process id and time: a backend does one thing at a time, so an execution that one
 * backend logged inside the interval of one span of that backend is that span's. The log cuts times
 * off to its precision; an execution counts as proved only if it went on during the span wherever
 * in that precision it lay. The clocks of the servers and of the spans may differ ({@link
 * ClockEstimate}).
 *
 * <p>Entries are offered one by one, so that a log of any size streams past; {@value #WAITING} of
 * them, or {@value #WAITING_BYTES} bytes, wait at most for their server's clock to be known, and of
 * each query only {@value HeldPlans#OF_A_QUERY} plans are held, {@value HeldPlans#BYTES} bytes in
 * all ({@link HeldPlans}). Not thread-safe.
 */
public final class PlanLinker {

  static final int WAITING = 2_000;

  static final long WAITING_BYTES = 40_000_000;

  /** Entries that are not divided further to find their server's clock. */
  private static final int FEWEST_ENTRIES = 60;

  /** Nanoseconds in which no clock drifts by much: a quartz without NTP some milliseconds. */
  private static final long DRIFT_NANOS = 120_000_000_000L;

  private final SpanIndex index;
  private final Comments comments;
  private final CommonTime commonTime;
  private final HeldPlans heldPlans;
  private final Map<String, ServerLog> logs = new HashMap<>();
  private long plans;
  private int waiting;
  private long waitingBytes;

  /** Begins to link the spans of a workload whose plans are wanted. */
  public PlanLinker(Workload workload) {
    Map<Long, Long> allKept = allKeptFrom(workload);
    Events.Count events = new Events.Count();
    index =
        new SpanIndex(
            workload
                .linkable()
                .map(slow -> new Candidate(slow, allKept(allKept, slow), new Events(events)))
                .toList());
    comments = new Comments(index);
    commonTime = new CommonTime(index.all());
    heldPlans = new HeldPlans(workload);
  }

  /**
   * By statement, from which duration on all of its spans are among those looked at: the fastest of
   * a query's kept ones, where more of them were slow.
   */
  private static Map<Long, Long> allKeptFrom(Workload workload) {
    Map<Long, Long> from = new HashMap<>();
    for (Query query : workload.queries()) {
      long fastest =
          query.slowest().stream()
              .mapToLong(slow -> slow.span().durationNanos())
              .min()
              .orElse(workload.slowerThanNanos());
      boolean all = query.slowCalls() <= query.slowest().size();
      from.merge(
          query.key().fingerprint(),
          // With statements left out, other queries of this one may be among them.
          workload.leftOut() > 0 ? Long.MAX_VALUE : all ? workload.slowerThanNanos() : fastest,
          Math::max);
    }
    return from;
  }

  private static long allKept(Map<Long, Long> from, SlowSpan slow) {
    return from.getOrDefault(slow.query().fingerprint(), Long.MAX_VALUE);
  }

  /** Takes an entry of a server's log. */
  public void offer(ServerEvent event) {
    plans += event instanceof ExecutedPlan ? 1 : 0;
    index.sees(event.backendPid());
    commonTime.add(event);
    long start = event.loggedNanos() - event.durationNanos();
    if (!index.mayConcern(
        event,
        start - ClockEstimate.MOST_NANOS,
        event.loggedNanos() + event.precisionNanos() + ClockEstimate.MOST_NANOS)) {
      return;
    }
    ServerLog log = logs.computeIfAbsent(event.logged().source(), source -> new ServerLog());
    long bytes = event.approximateBytes();
    log.waiting.add(event);
    log.waitingBytes += bytes;
    waiting++;
    waitingBytes += bytes;
    if (waiting >= WAITING) {
      linkFirst(Comparator.comparingInt(each -> each.waiting.size()));
    } else if (waitingBytes >= WAITING_BYTES) {
      linkFirst(Comparator.comparingLong(each -> each.waitingBytes));
    }
  }

  /** What the entries take that wait. */
  long waitingBytes() {
    return waitingBytes;
  }

  private void linkFirst(Comparator<ServerLog> most) {
    logs.values().stream().max(most).ifPresent(this::link);
  }

  /** The links between all that was offered from logs. */
  public Links links() {
    logs.values().forEach(this::link);
    List<Link> links = new ArrayList<>();
    long unlinked = 0;
    for (Candidate candidate : index.all()) {
      Link link = Resolution.of(candidate, index, comments);
      if (link != null) {
        links.add(link);
      } else {
        unlinked += candidate.slow().repeated() ? 0 : 1;
      }
    }
    List<String> notes = new ArrayList<>();
    logs.forEach((source, log) -> log.clocks.note(source, notes));
    notes.sort(Comparator.naturalOrder());
    HeldPlans.note(links).ifPresent(notes::add);
    return new Links(links, unlinked, plans, true, index.pidsLogged(), notes, commonTime.apart());
  }

  private void link(ServerLog log) {
    if (!log.waiting.isEmpty()) {
      link(log, log.waiting, false);
    }
    waiting -= log.waiting.size();
    waitingBytes -= log.waitingBytes;
    log.waiting.clear();
    log.waitingBytes = 0;
  }

  private void link(ServerLog log, List<ServerEvent> entries, boolean doubted) {
    ServerClock found = ClockEstimate.of(entries, index, doubted);
    boolean unknown = found == null ? doubted : !found.settled();
    if (unknown && isLong(entries)) {
      // Over a long time a clock drifts.
      int half = entries.size() / 2;
      link(log, entries.subList(0, half), true);
      link(log, entries.subList(half, entries.size()), true);
      return;
    }
    ServerClock before = log.clock;
    if (before == null || (!before.settled() && found != null)) {
      log.clock = unknown ? ServerClock.UNKNOWN : found;
    } else if (!unknown && found != null) {
      log.clock = found;
    }
    ServerClock clock = log.clock == null ? ServerClock.SAME : log.clock;
    log.clocks.add(clock);
    for (ServerEvent event : entries) {
      link(event, clock);
    }
  }

  private static boolean isLong(List<ServerEvent> entries) {
    long nanos = entries.get(entries.size() - 1).loggedNanos() - entries.get(0).loggedNanos();
    return entries.size() > FEWEST_ENTRIES && nanos > DRIFT_NANOS;
  }

  private void link(ServerEvent event, ServerClock clock) {
    Window window = Window.of(event, clock);
    EntryNames names = EntryNames.of(event.logged(), index);
    Claims claims = new Claims();
    index.near(
        event,
        window.earliestStart() - clock.residueNanos(),
        window.latestEnd() + clock.residueNanos(),
        candidate -> claims.add(candidate, candidate.match(event, window, names, clock)));
    for (Claims.Claim claim : claims.settle()) {
      claim.candidate().take(event, claim.match());
      heldPlans.update(claim.candidate());
    }
    if (event instanceof ExecutedPlan plan) {
      comments.count(plan, claims.areByName());
    }
  }

  /** The entries of one log that wait, and what is known of its server's clock. */
  private static final class ServerLog {
    private final List<ServerEvent> waiting = new ArrayList<>();
    private long waitingBytes;
    private final ClocksFound clocks = new ClocksFound();
    private @Nullable ServerClock clock;
  }
}
