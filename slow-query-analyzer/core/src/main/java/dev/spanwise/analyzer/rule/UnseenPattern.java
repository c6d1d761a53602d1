package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.condition.Operand;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that is a parameter, and an index that finds what begins with a text. A b-tree is asked
 * for the range of the pattern's beginning, which a plan for any value does not see. See <a
 * href="https://www.postgresql.org/docs/current/indexes-types.html#INDEXES-TYPES-BTREE">B-Tree</a>.
 *
 * @param scan the scan whose filter compares with the pattern
 * @param index the index that is not asked
 */
record UnseenPattern(FilteredScan scan, Index index) {

  /** The collations that order by bytes, so that what begins alike stands together. */
  private static final Set<String> BY_BYTES = Set.of("C", "POSIX", "ucs_basic", "pg_c_utf8");

  /** Since when b-trees are asked for {@code ^@}, which compares with a beginning. */
  private static final int STARTS_WITH = 150_000;

  /** What a scan does not see; empty where it sees all, or another column leads to the rows. */
  static Optional<UnseenPattern> of(FilteredScan scan) {
    if (scan.relation() == null
        || !ValueIndex.isInPlanForAny(scan)
        || HiddenComparisons.isServedByEquality(scan)) {
      return Optional.empty();
    }
    return scan.relation().indexes().stream()
        .filter(index -> index.valid() && index.predicate() == null)
        .filter(index -> index.method().equals("btree") && findsBeginnings(index.keys().get(0)))
        .filter(
            index ->
                scan.comparisons()
                    .filter(comparison -> isUnseen(comparison, scan.scan().subject().catalogue()))
                    .map(FilteredScan.Comparison::operand)
                    .anyMatch(searched -> ValueIndex.isKey(index.keys().get(0), searched, scan)))
        .findFirst()
        .map(index -> new UnseenPattern(scan, index));
  }

  private static boolean findsBeginnings(Index.Key key) {
    return Objects.requireNonNullElse(key.operatorClass(), "").endsWith("_pattern_ops")
        || (key.operatorClass() == null && BY_BYTES.contains(String.valueOf(key.collation())));
  }

  private static boolean isUnseen(
      FilteredScan.Comparison comparison, @Nullable Catalogue catalogue) {
    if (!(comparison.other() instanceof Operand.Constant pattern) || pattern.literal() != null) {
      return false;
    }
    String beginning = Objects.requireNonNullElse(pattern.beginning(), "");
    return switch (comparison.operator()) {
      case "~~" -> !beginning.startsWith("%") && !beginning.startsWith("_");
      case "^@" -> catalogue != null && catalogue.serverVersion() >= STARTS_WITH;
      default -> false;
    };
  }
}
