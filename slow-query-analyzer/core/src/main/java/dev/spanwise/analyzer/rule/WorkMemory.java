package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.plan.Plan;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The setting that keeps a sort, a hash or a bitmap in memory. What its rows need is measured, not
 * known: the figures hold for PostgreSQL 13 to 18 with some room, and the setting is the next power
 * of two.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-WORK-MEM">work_mem</a>
 */
final class WorkMemory {

  /** Bytes of the unit in which plans print memory and disk space. */
  static final double KILOBYTE = 1L << 10;

  private static final double MEGABYTE = 1L << 20;

  /** A sorted row takes half as much again as on disk, and its place in the array to be sorted. */
  private static final double OF_DISK = 1.5;

  private static final double PER_SORTED_ROW = 64;

  /** Headers, and the place in the table of buckets. */
  private static final double PER_HASHED_ROW = 56;

  /** As a hashed row, and the state of an aggregate; large before PostgreSQL 18. */
  private static final double PER_GROUP = 144;

  private static final int MULTIPLIES_SINCE = 150_000;
  private static final Pattern SIZE = Pattern.compile("(\\d+)(kB|MB|GB)?");

  private WorkMemory() {}

  /** Bytes that a sort needs which wrote {@code diskBytes}. */
  static double ofSort(double diskBytes, double rows) {
    return OF_DISK * diskBytes + PER_SORTED_ROW * rows;
  }

  /** Bytes that a hash table needs. */
  static double ofHash(double rows, double width) {
    return (width + PER_HASHED_ROW) * rows;
  }

  /** Bytes that a hashed aggregate needs. */
  static double ofGroups(double groups, double width) {
    return (width + PER_GROUP) * groups;
  }

  /**
   * How many times {@code work_mem} a hash may take: as the plan's settings say, else by default of
   * the server's version, else once, which is safe.
   */
  static double hashMultiplier(Plan plan, @Nullable Catalogue catalogue) {
    String set = plan.settings().get("hash_mem_multiplier");
    if (set != null) {
      try {
        return Math.max(1, Double.parseDouble(set));
      } catch (NumberFormatException notANumber) {
        return 1;
      }
    }
    return catalogue != null && catalogue.serverVersion() >= MULTIPLIES_SINCE ? 2 : 1;
  }

  /**
   * What gives a step this memory.
   *
   * @param bytes what {@code work_mem} has to hold
   * @param instead what to do where that is too much to give, in words
   */
  static Remedy setting(Plan plan, double bytes, String instead) {
    double megabytes = Math.max(8, powerOfTwoFrom(bytes / MEGABYTE));
    double now = now(plan) / MEGABYTE;
    // It spilled with what it has, whatever the estimate says.
    double advised = megabytes <= now ? 2 * powerOfTwoFrom(now) : megabytes;
    if (advised * MEGABYTE > Thresholds.MEMORY_BYTES) {
      return new Remedy.Step(
          Remedy.Kind.REWRITE_QUERY,
          instead,
          "it needs about %s of memory in one step, too much to give to each statement of a role"
              .formatted(Wording.bytes(bytes)));
    }
    return SessionSetting.step(
        "work_mem",
        "'" + (long) advised + "MB'",
        "how much memory a step takes is known only once it runs");
  }

  private static double powerOfTwoFrom(double value) {
    double power = 1;
    while (power < value) {
      power *= 2;
    }
    return power;
  }

  /** {@code work_mem} where the plan prints it, which is where it differs from the default. */
  private static double now(Plan plan) {
    String set = plan.settings().get("work_mem");
    Matcher size = SIZE.matcher(set == null ? "" : set);
    if (!size.matches()) {
      return 0;
    }
    String unit = size.group(2);
    int shift = "GB".equals(unit) ? 30 : "MB".equals(unit) ? 20 : 10;
    return Double.parseDouble(size.group(1)) * (1L << shift);
  }
}
