package dev.spanwise.demo.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanwise.instrumentation.freshness.Freshness;
import dev.spanwise.instrumentation.freshness.Leg;
import dev.spanwise.instrumentation.freshness.Probe;
import org.jspecify.annotations.Nullable;

/** The probe that the ledger's changes bring along: a row of a table of its own. */
public final class FreshnessProbes {
  /** The table, in the ledger and in the read model: one row, whose column {@code probe} it is. */
  public static final String TABLE = "freshness_probe";

  private static final String COLUMN = "probe";

  private FreshnessProbes() {}

  /** The probe of a change; null if it is the change of another table. */
  public static @Nullable Probe of(LedgerChange change) {
    return change.table().equals(TABLE) ? Probe.parse(change.row().path(COLUMN).textValue()) : null;
  }

  /** The same change, with the probe that goes on where it brought one to the end of a leg. */
  public static LedgerChange reached(Freshness freshness, LedgerChange change, Leg leg) {
    Probe probe = of(change);
    if (probe == null) {
      return change;
    }
    Probe started = leg == Leg.CAPTURE ? probe.committedAt(change.committedAt()) : probe;
    ObjectNode row = change.row().deepCopy();
    row.put(COLUMN, freshness.reached(started, leg).toString());
    return new LedgerChange(change.table(), change.operation(), change.committedAt(), row);
  }
}
