package dev.spanwise.analyzer.plan;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The numbers of one node that have components of their own, as its fields come. */
final class JsonNumbers {

  private @Nullable Double startupCost;
  private @Nullable Double totalCost;
  private @Nullable Double planRows;
  private @Nullable Long planWidth;
  private @Nullable Double startupMs;
  private @Nullable Double totalMs;
  private @Nullable Double rows;
  private @Nullable Long loops;
  private @Nullable Double removedByFilter;
  private @Nullable Double removedByJoinFilter;
  private @Nullable Double removedByRecheck;
  private @Nullable Long sharedHit;
  private @Nullable Long sharedRead;
  private @Nullable Long sharedWritten;
  private @Nullable Long tempRead;
  private @Nullable Long tempWritten;

  /** Takes the field's value; false where it is none of these. */
  boolean take(String name, Fields fields) throws IOException, PlanFormatException {
    switch (name) {
      case "Startup Cost" -> startupCost = fields.number();
      case "Total Cost" -> totalCost = fields.number();
      case "Plan Rows" -> planRows = fields.number();
      case "Plan Width" -> planWidth = fields.integer();
      case "Actual Startup Time" -> startupMs = fields.number();
      case "Actual Total Time" -> totalMs = fields.number();
      case "Actual Rows" -> rows = fields.number();
      case "Actual Loops" -> loops = fields.integer();
      case "Rows Removed by Filter" -> removedByFilter = fields.number();
      case "Rows Removed by Join Filter" -> removedByJoinFilter = fields.number();
      case "Rows Removed by Index Recheck" -> removedByRecheck = fields.number();
      case "Shared Hit Blocks" -> sharedHit = fields.integer();
      case "Shared Read Blocks" -> sharedRead = fields.integer();
      case "Shared Written Blocks" -> sharedWritten = fields.integer();
      case "Temp Read Blocks" -> tempRead = fields.integer();
      case "Temp Written Blocks" -> tempWritten = fields.integer();
      default -> {
        return false;
      }
    }
    return true;
  }

  @Nullable Estimate estimate() {
    return startupCost == null || totalCost == null || planRows == null || planWidth == null
        ? null
        : new Estimate(startupCost, totalCost, planRows, planWidth);
  }

  @Nullable Actual actual() {
    return rows == null || loops == null
        ? null
        : new Actual(
            rows,
            loops,
            startupMs,
            totalMs,
            removedByFilter,
            removedByJoinFilter,
            removedByRecheck);
  }

  @Nullable Buffers buffers() {
    return sharedHit == null
            || sharedRead == null
            || sharedWritten == null
            || tempRead == null
            || tempWritten == null
        ? null
        : new Buffers(sharedHit, sharedRead, sharedWritten, tempRead, tempWritten);
  }
}
