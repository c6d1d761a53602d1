package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.StatementStatistics;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.workload.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one query under examination.
 *
 * @param links the links of its slow calls to what the server executed, ambiguous ones included
 * @param counted what the server counted of the statement, whoever ran it; null where that is not
 *     known
 * @param slowerThanMs from which duration on a call or a request is slow
 */
record QuerySubject(
    Query query, List<Link> links, @Nullable StatementStatistics counted, double slowerThanMs) {

  QuerySubject {
    links = List.copyOf(links);
  }
}
