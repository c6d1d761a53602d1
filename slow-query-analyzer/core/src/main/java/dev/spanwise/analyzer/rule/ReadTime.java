package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a node waited for blocks to be read, where {@code track_io_timing} is on. */
final class ReadTime {

  /** Its name in the releases before 17, and since. */
  private static final List<String> FIELDS = List.of("I/O Read Time", "Shared I/O Read Time");

  private ReadTime() {}

  /** Milliseconds of a node and all below it, summed over processes; null where not printed. */
  static @Nullable Double totalMs(PlanNode node) {
    return FIELDS.stream()
        .flatMap(name -> Optional.ofNullable(node.number(name)).stream())
        .findFirst()
        .orElse(null);
  }

  /** Milliseconds of a node alone, of which its processes each waited a part side by side. */
  static double ownMs(PlanSubject subject, PlanNode node) {
    return ownTotalMs(node) / subject.processes(node);
  }

  /** Milliseconds of a node alone, summed over processes as its blocks are. */
  static double ownTotalMs(PlanNode node) {
    return OwnBlocks.own(node, any -> Optional.ofNullable(totalMs(any)).orElse(0.0));
  }

  /** Milliseconds that a block takes from the operating system's cache. */
  static double cachedBlockMs(PlanNode node) {
    return node.number(FIELDS.get(0)) == null
        ? Thresholds.COMBINED_CACHED_BLOCK_MS
        : Thresholds.CACHED_BLOCK_MS;
  }

  /** Pointer of the time of a node. */
  static String pointer(PlanNode node) {
    String field =
        FIELDS.stream().filter(name -> node.details().containsKey(name)).findFirst().orElse("");
    return node.pointer() + "/" + field.replace("/", "~1");
  }
}
