package dev.spanwise.analyzer.benchmarks.links;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.link.PlanLinker;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.QueryKey;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records a busy hour of a real server and links its slow spans to its log, with what is known of
 * the calls varied; prints how many links are right and how many wrong.
 *
 * <p>{@code record DIRECTORY [statements]} runs 200,000 statements, or as many as said; {@code
 * replay DIRECTORY} links what is recorded there.
 */
public final class LinkBenchmark {

  private static final Duration SLOWER_THAN = Duration.ofMillis(5);
  private static final int STATEMENTS = 200_000;
  private static final int WRONG_SHOWN = 5;
  private static final long HOUR_SECONDS = 3_600;
  private static final long NANOS_PER_MS = 1_000_000;
  private static final double NANOS_PER_MICRO = 1e3;

  /** What a statement carries for the benchmark alone. */
  private static final Pattern NUMBER = Pattern.compile("^/\\* call (\\d+) \\*/");

  private final PrintStream out;
  private final Map<Long, Call> calls = new HashMap<>();
  private final Map<Variant.Prepared, Call> prepared = new HashMap<>();
  private final List<ExecutedPlan> entries = new ArrayList<>();
  private final Map<String, Call> byPlace = new HashMap<>();

  private long firstNanos;

  private LinkBenchmark(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    if (arguments.length < 2) {
      throw new IllegalArgumentException("record or replay, and a directory");
    }
    BusyHour hour = new BusyHour(Path.of(arguments[1]));
    LinkBenchmark benchmark = new LinkBenchmark(System.out);
    switch (arguments[0]) {
      case "record" ->
          hour.record(arguments.length > 2 ? Integer.parseInt(arguments[2]) : STATEMENTS);
      case "replay" -> benchmark.replay(hour);
      default -> throw new IllegalArgumentException("record or replay, not " + arguments[0]);
    }
  }

  private void replay(BusyHour hour) throws IOException {
    read(hour);
    List<Call> slow =
        calls.values().stream()
            .filter(call -> call.durationNanos() >= SLOWER_THAN.toNanos())
            .toList();
    Set<Call> executed = new HashSet<>(byPlace.values());
    Set<Long> planned =
        slow.stream().filter(executed::contains).map(Call::id).collect(Collectors.toSet());
    print(
        "%,d statements in %,d s, %,d of them with a plan in the log; %,d spans of %d ms and more, %,d of them with a plan",
        calls.size(),
        seconds(),
        entries.size(),
        slow.size(),
        SLOWER_THAN.toMillis(),
        planned.size());
    print("%nSpread over an hour:%n");
    link(slow, planned, Math.max(1, HOUR_SECONDS / Math.max(1, seconds())));
    print("%nAs fast as it was recorded:%n");
    link(slow, planned, 1);
  }

  /**
   * Links the calls in each variant.
   *
   * @param planned the ids of those with a plan in the log
   * @param slower how many times as far apart as recorded the calls begin
   */
  private void link(List<Call> slow, Set<Long> planned, long slower) {
    out.println(Tally.HEAD);
    List<String> remarks = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      Workload workload = workload(slow, slower, variant);
      List<ExecutedPlan> offered =
          entries.stream()
              .map(entry -> variant.entry(entry, later(call(entry), slower), call(entry), prepared))
              .sorted(Comparator.comparingLong(ExecutedPlan::loggedNanos))
              .toList();
      long start = processorNanos();
      PlanLinker linker = new PlanLinker(workload);
      offered.forEach(linker::offer);
      Links links = linker.links();
      double micros = (processorNanos() - start) / NANOS_PER_MICRO / entries.size();
      Tally tally = Tally.of(links, byPlace, planned);
      out.println(tally.row(variant.words(), micros));
      links.notes().forEach(note -> remarks.add(variant.words() + ": " + note));
      tally.wrongs().stream()
          .limit(WRONG_SHOWN)
          .forEach(wrong -> remarks.add(variant.words() + ": wrong by " + wrong));
    }
    remarks.forEach(out::println);
  }

  /** Of this thread: others may keep the machine busy. */
  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** By how many nanoseconds later a call begins: whole milliseconds, as the log counts. */
  private long later(Call call, long slower) {
    long sinceStart = call.startNanos() - firstNanos;
    return sinceStart * (slower - 1) / NANOS_PER_MS * NANOS_PER_MS;
  }

  private long seconds() {
    long end = calls.values().stream().mapToLong(Call::endNanos).max().orElse(0);
    return Duration.ofNanos(end - firstNanos).toSeconds();
  }

  private void read(BusyHour hour) throws IOException {
    try (Stream<String> lines = Files.lines(hour.calls())) {
      lines.map(Call::ofLine).forEach(call -> calls.put(call.id(), call));
    }
    firstNanos = calls.values().stream().mapToLong(Call::startNanos).min().orElse(0);
    for (Call call : calls.values()) {
      prepared.merge(
          new Variant.Prepared(call.pid(), call.shape()),
          call,
          (one, other) -> one.startNanos() <= other.startNanos() ? one : other);
    }
    try (InputStream in = Files.newInputStream(hour.log())) {
      ServerLogReader.read(
          in,
          "postgresql.log",
          ServerLogOptions.DEFAULTS,
          event -> {
            if (event instanceof ExecutedPlan entry) {
              take(entry);
            }
          },
          rejection -> {
            throw new IllegalStateException("rejected: " + rejection);
          });
    }
  }

  private void take(ExecutedPlan entry) {
    Plan plan = entry.plan();
    Matcher number = NUMBER.matcher(plan.queryText() == null ? "" : plan.queryText());
    if (number.find()) {
      Call call = calls.get(Long.parseLong(number.group(1)));
      if (call == null) {
        throw new IllegalStateException("no call of this number at " + entry.logged().place());
      }
      byPlace.put(entry.logged().place(), call);
      Plan first = entries.isEmpty() ? plan : entries.get(0).plan();
      // Linking does not look into plans, and all of them would fill the memory.
      entries.add(new ExecutedPlan(entry.logged(), entry.durationNanos(), first));
    }
  }

  private Call call(ExecutedPlan entry) {
    Call call = byPlace.get(entry.logged().place());
    if (call == null) {
      throw new IllegalStateException("no call at " + entry.logged().place());
    }
    return call;
  }

  /** All slow spans, where the analyzer would keep some hundreds of each query. */
  private Workload workload(List<Call> slow, long slower, Variant variant) {
    Map<Shape, List<SlowSpan>> byShape = new EnumMap<>(Shape.class);
    for (Call call : slow) {
      Statement statement = Statement.of(call.shape().sql());
      Span span = call.later(later(call, slower)).span(statement, variant.withPid());
      byShape
          .computeIfAbsent(call.shape(), shape -> new ArrayList<>())
          .add(new SlowSpan(new QueryKey(statement.fingerprint(), "api", null, null), span));
    }
    List<Query> queries =
        byShape.values().stream()
            .map(
                spans ->
                    new Query(
                        spans.get(0).query(),
                        DatabaseSystem.POSTGRESQL,
                        "",
                        spans.size(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        spans.size(),
                        0,
                        spans,
                        null,
                        null,
                        List.of(),
                        null))
            .toList();
    return new Workload(
        slow.size(), slow.size(), SLOWER_THAN.toNanos(), queries, 0, 0, 0, List.of(), List.of());
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
