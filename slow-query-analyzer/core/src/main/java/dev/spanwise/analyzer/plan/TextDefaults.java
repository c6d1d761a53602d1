package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * Puts back the zeros that text output leaves out and JSON output prints, where the plan itself
 * shows that they were measured: a filter without removed rows removed none.
 */
final class TextDefaults {

  private static final List<String> BUFFERS =
      List.of(
          "Shared Hit Blocks",
          "Shared Read Blocks",
          "Shared Written Blocks",
          "Temp Read Blocks",
          "Temp Written Blocks");
  private static final List<String> TIMES = List.of("Actual Startup Time", "Actual Total Time");
  private static final Set<String> INDEX_SCANS = Set.of("Index Scan", "Index Only Scan");

  private TextDefaults() {}

  static void fill(ObjectNode root) {
    fill(root, root.has("Actual Total Time"), anyBuffers(root));
  }

  private static void fill(ObjectNode node, boolean timing, boolean buffers) {
    if (node.has("Actual Loops")) {
      putRemoved(node);
      if (timing) {
        TIMES.forEach(field -> putAbsent(node, field));
      }
    }
    if (buffers) {
      BUFFERS.forEach(field -> putAbsent(node, field));
    }
    node.path("Plans").forEach(child -> fill((ObjectNode) child, timing, buffers));
  }

  private static void putRemoved(ObjectNode node) {
    if (node.has("Filter")) {
      putAbsent(node, "Rows Removed by Filter");
    }
    if (node.has("Join Filter")) {
      putAbsent(node, "Rows Removed by Join Filter");
    }
    boolean indexScan = INDEX_SCANS.contains(node.path("Node Type").asText());
    if (node.has("Recheck Cond") || (indexScan && node.has("Index Cond"))) {
      putAbsent(node, "Rows Removed by Index Recheck");
    }
  }

  private static boolean anyBuffers(ObjectNode node) {
    for (String field : BUFFERS) {
      if (node.has(field)) {
        return true;
      }
    }
    for (var child : node.path("Plans")) {
      if (anyBuffers((ObjectNode) child)) {
        return true;
      }
    }
    return false;
  }

  private static void putAbsent(ObjectNode node, String field) {
    if (!node.has(field)) {
      node.put(field, "0");
    }
  }
}
