package dev.spanwise.analyzer.server;

import dev.spanwise.analyzer.advice.Advisor;
import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.catalogue.Catalogue;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalogue as it could be read last: a database may be away for a while. For one thread. */
final class LatestCatalogue {

  private static final Logger LOG = LoggerFactory.getLogger(LatestCatalogue.class);

  private static final String HOW_TO_PROVE =
      "serve proves nothing; spanwise analyze and spanwise explain do: " + Advisor.HOW_TO_PROVE;

  private final Supplier<@Nullable Catalogue> source;
  private final Clock clock;
  private @Nullable Catalogue latest;
  private Instant readAt = Instant.EPOCH;
  private @Nullable String failure;

  LatestCatalogue(Supplier<@Nullable Catalogue> source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /** Reads it anew; where that fails, gives the one before and a note that says so. */
  Analysis.Database read() {
    try {
      latest = source.get();
      readAt = clock.instant();
      if (failure != null) {
        LOG.info("The catalogue can be read again");
        failure = null;
      }
      return database(List.of());
    } catch (RuntimeException e) {
      String instead =
          latest == null
              ? "this report goes without it"
              : "the one of " + readAt.truncatedTo(ChronoUnit.SECONDS) + " is used";
      String note = "The catalogue could not be read; " + instead + ": " + e.getMessage();
      String said = String.valueOf(e.getMessage());
      // Read for each report, it would be said every few seconds.
      if (!said.equals(failure)) {
        LOG.warn("{}", note);
        failure = said;
      }
      return database(List.of(note));
    }
  }

  private Analysis.Database database(List<String> notes) {
    return new Analysis.Database(latest, null, notes, HOW_TO_PROVE, null);
  }
}
