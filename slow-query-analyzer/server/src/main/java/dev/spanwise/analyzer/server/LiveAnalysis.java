package dev.spanwise.analyzer.server;

import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.link.PlanLinker;
import dev.spanwise.analyzer.report.Report;
import dev.spanwise.analyzer.report.ReportAssembler;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Workload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Diagnoses spans and plans as they arrive: from time to time a report of the recent past. Memory
 * is bounded by {@link SlidingWorkload} and {@link RecentEvents}. Thread-safe.
 */
public final class LiveAnalysis implements AutoCloseable {

  /** How often a report is made unless said otherwise. */
  public static final Duration EVERY = Duration.ofSeconds(15);

  /** A report covers between one and two of these. */
  private static final Duration PERIOD = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(LiveAnalysis.class);

  private final SlidingWorkload workload;
  private final RecentEvents events;
  private final List<Supplier<@Nullable String>> logs = new CopyOnWriteArrayList<>();
  private final Rejections rejections = new Rejections();
  private final LatestCatalogue catalogue;
  private final Clock clock;
  private final String version;
  private final AtomicLong spans = new AtomicLong();
  private final AtomicLong executedPlans = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Duration every = EVERY;
  private volatile Report report;

  /**
   * @param slowerThan from which duration on a database span is slow
   * @param catalogue reads the database's catalogue, null where no database was named; called for
   *     each report, and may fail with a message that the report may show
   * @param clock gives the reports' times
   * @param version Spanwise's version
   */
  public LiveAnalysis(
      Duration slowerThan, Supplier<@Nullable Catalogue> catalogue, Clock clock, String version) {
    this.workload = new SlidingWorkload(slowerThan);
    this.events = new RecentEvents(slowerThan);
    this.catalogue = new LatestCatalogue(catalogue, clock);
    this.clock = clock;
    this.version = version;
    this.report = analyze();
  }

  /**
   * Starts to make reports.
   *
   * @param interval from the end of one to the next; a second at least
   */
  public void start(Duration interval) {
    if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("interval is " + interval + ", must be a second at least");
    }
    every = interval;
    Thread thread = new Thread(this::run, "spanwise-analysis");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Tells that a server log is followed, whose entries come by {@link #event}.
   *
   * @param waiting asked for each report: what is waited for before the log can be read; null where
   *     it is read
   */
  public void follows(Supplier<@Nullable String> waiting) {
    logs.add(waiting);
  }

  Duration every() {
    return every;
  }

  private void run() {
    try {
      long reportsOfAPeriod = Math.max(1, PERIOD.dividedBy(every));
      for (long reports = 1; !closing.await(every.toMillis(), TimeUnit.MILLISECONDS); reports++) {
        refresh();
        if (reports % reportsOfAPeriod == 0) {
          workload.startPeriod();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  public void span(Span span) {
    spans.incrementAndGet();
    workload.add(span);
  }

  /** Takes an entry of a server's log. */
  public void event(ServerEvent event) {
    if (event instanceof ExecutedPlan) {
      executedPlans.incrementAndGet();
    }
    events.add(event);
  }

  public void rejected(Rejection rejection) {
    rejections.accept(rejection);
  }

  /** The latest report. */
  public Report report() {
    return report;
  }

  /** Makes a report now. What goes wrong is logged, and the report before stays. */
  public synchronized void refresh() {
    try {
      report = analyze();
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      LOG.error("The analysis failed; the report of {} stays", report.generatedAt(), e);
    }
  }

  long spansReceived() {
    return spans.get();
  }

  long plansReceived() {
    return executedPlans.get();
  }

  long rejectedCount() {
    return rejections.count();
  }

  private Report analyze() {
    Workload current = workload.current();
    return Analysis.of(
            current,
            links(current),
            database(),
            rejections,
            new ReportAssembler(clock.instant(), version))
        .report();
  }

  private Analysis.Database database() {
    Analysis.Database database = catalogue.read();
    List<String> notes = new ArrayList<>(database.notes());
    logs.forEach(log -> Stream.ofNullable(log.get()).forEach(notes::add));
    Instant from = clock.instant().minus(PERIOD.multipliedBy(2));
    long lost = events.statementsLostSince(TimeUnit.SECONDS.toNanos(from.getEpochSecond()));
    if (lost > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "not judged by their plans: %,d of the statements whose plans the log had, since plans are held up to %,d MB and %,d in all",
              lost,
              RecentPlans.CAPACITY_BYTES / 1_000_000,
              RecentPlans.CAPACITY));
    }
    return database.withNotes(notes);
  }

  private Links links(Workload current) {
    if (logs.isEmpty()) {
      return Links.withoutLog(current);
    }
    PlanLinker linker = new PlanLinker(current);
    events.all().forEach(linker::offer);
    return linker.links();
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
