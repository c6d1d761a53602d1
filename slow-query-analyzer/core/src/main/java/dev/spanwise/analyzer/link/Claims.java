package dev.spanwise.analyzer.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The spans that an entry may belong to. For one thread. */
final class Claims {

  record Claim(Candidate candidate, Match match) {

    Claim contestedBy(Doubt doubt) {
      return new Claim(candidate, match.contestedBy(doubt));
    }

    private boolean isOfBackend() {
      return match.backend() == Match.Backend.SAME && match.place() == Match.Place.SURELY_INSIDE;
    }
  }

  private final List<Claim> claims = new ArrayList<>(2);
  private final List<Claim> refuted = new ArrayList<>(0);

  void add(Candidate candidate, @Nullable Match match) {
    if (match == null) {
      return;
    }
    boolean otherBackend = match.backend() == Match.Backend.OTHER;
    (otherBackend ? refuted : claims).add(new Claim(candidate, match));
  }

  /** Whether the entry names a span that it may belong to. */
  boolean areByName() {
    return !refuted.isEmpty()
        || claims.stream()
            .anyMatch(
                claim ->
                    claim.match().method() == LinkMethod.TRACEPARENT
                        || claim.match().method() == LinkMethod.APPLICATION_NAME);
  }

  /**
   * Who gets the entry: the span that the strongest method names; several where it leaves a choice,
   * and the entry is then contested. A span that names another backend gets it beside, to know of
   * it.
   */
  List<Claim> settle() {
    if (claims.size() + refuted.size() < 2) {
      return claims.isEmpty() ? refuted : claims;
    }
    List<Claim> settled = new ArrayList<>(refuted);
    if (claims.isEmpty()) {
      return settled;
    }
    Match strongest = claims.stream().map(Claim::match).min(Match.STRONGEST_FIRST).orElseThrow();
    List<Claim> best =
        innermost(
            claims.stream()
                .filter(claim -> Match.STRONGEST_FIRST.compare(claim.match(), strongest) == 0)
                .toList());
    List<Claim> contradicting = contradicting(best);
    if (!contradicting.isEmpty()) {
      best.forEach(claim -> settled.add(claim.contestedBy(Doubt.CONTRADICTION)));
      contradicting.forEach(claim -> settled.add(claim.contestedBy(Doubt.CONTRADICTION)));
    } else if (best.size() > 1) {
      best.forEach(claim -> settled.add(claim.contestedBy(Doubt.SEVERAL_SPANS)));
    } else {
      settled.addAll(best);
    }
    return settled;
  }

  /** Spans of the entry's backend, where the best ones are known by their name alone. */
  private List<Claim> contradicting(List<Claim> best) {
    if (best.stream().anyMatch(claim -> claim.match().backend() == Match.Backend.SAME)) {
      return List.of();
    }
    return claims.stream()
        .filter(Claim::isOfBackend)
        .filter(claim -> best.stream().noneMatch(one -> isOneCall(one, claim)))
        .toList();
  }

  private static boolean isOneCall(Claim one, Claim other) {
    return one.candidate().encloses(other.candidate())
        || other.candidate().encloses(one.candidate());
  }

  /** Where two instrumentations told of one call, the span that is nearer to the server. */
  private static List<Claim> innermost(List<Claim> equal) {
    return equal.stream()
        .filter(
            outer ->
                equal.stream().noneMatch(inner -> outer.candidate().encloses(inner.candidate())))
        .toList();
  }
}
