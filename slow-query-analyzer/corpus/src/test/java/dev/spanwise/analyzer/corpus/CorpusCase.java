package dev.spanwise.analyzer.corpus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A labelled case, as {@code cases/README.md} describes its file.
 *
 * @param schema name of the schema that it runs on
 * @param name its own name
 * @param about what the case is about, in a sentence
 * @param servers major versions of PostgreSQL that it runs on
 * @param slowerThan from which duration on its spans are slow
 * @param setUp SQL that makes the case out of the healthy schema, one after the other
 * @param settings settings of the sessions that run the traffic
 * @param cache what the server holds of the data in memory
 * @param countedFor how long the server's counters shall have counted; null for as long as they
 *     have
 * @param blockers other sessions, at work while each request runs
 * @param traffic what is recorded
 * @param labels what the analyzer is to say
 */
record CorpusCase(
    String schema,
    String name,
    String about,
    Set<Integer> servers,
    Duration slowerThan,
    List<String> setUp,
    Map<String, String> settings,
    Cache cache,
    @Nullable Duration countedFor,
    List<Blocker> blockers,
    Traffic traffic,
    Labels labels) {

  CorpusCase {
    servers = Set.copyOf(servers);
    setUp = List.copyOf(setUp);
    settings = Map.copyOf(settings);
    blockers = List.copyOf(blockers);
  }

  /** Schema and name, as the report calls it. */
  String id() {
    return schema + "/" + name;
  }

  /** A healthy case: every finding above low is false. */
  boolean isControl() {
    return labels.expected().isEmpty();
  }

  enum Cache {
    /** The reads of the request were run once before. */
    WARM,
    /** Neither the server nor the operating system holds a page of the tables. */
    COLD,
    /** As the set-up leaves it. */
    UNTOUCHED
  }

  /** A transaction that runs {@code sql} before each request and rolls back {@code hold} later. */
  record Blocker(String sql, Duration hold) {}

  /**
   * What is expected of the analyzer.
   *
   * @param expected rules that explain the time
   * @param tolerated rules whose finding is right but not the point
   * @param forbidden rules whose finding would be wrong however low
   * @param fixes accepted advice to the expected findings, kind and statement, as regular
   *     expressions; empty where none is labelled
   */
  record Labels(
      Set<String> expected, Set<String> tolerated, Set<String> forbidden, List<String> fixes) {

    Labels {
      expected = Set.copyOf(expected);
      tolerated = Set.copyOf(tolerated);
      forbidden = Set.copyOf(forbidden);
      fixes = List.copyOf(fixes);
    }
  }
}
