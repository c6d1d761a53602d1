package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.TraceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Traces that others may join: pieces that come late, and traces that link to them. The oldest give
 * way, those in use apart. Not thread-safe.
 */
final class JoinableTraces {

  private static final int MOST_SPANS_JOINED = 2 * WorkloadLimits.SPANS_OF_A_TRACE;

  private static final int MOST_FOLLOWED = 20;

  /**
   * A trace and those that link to it.
   *
   * @param spansOmitted spans of further such traces
   */
  record Joined(List<TracePiece> pieces, long spansOmitted) {}

  private final Map<TraceId, TracePiece> oldestFirst = new LinkedHashMap<>();
  private final Map<TraceId, Set<TracePiece>> followers = new HashMap<>();
  private long spans;
  private long spansBeforeLook = WorkloadLimits.JOINABLE_SPANS;

  @Nullable TracePiece get(TraceId id) {
    return oldestFirst.get(id);
  }

  /** Whether a trace is here that links to this one. */
  boolean isFollowed(TraceId id) {
    return followers.containsKey(id);
  }

  void add(TracePiece piece) {
    oldestFirst.put(piece.id(), piece);
    spans += piece.spans().size();
    piece.linkedTraces().forEach(id -> followersOf(id).add(piece));
  }

  /** Takes a piece out, so that it may change. */
  void remove(TracePiece piece) {
    oldestFirst.remove(piece.id());
    forget(piece);
  }

  /** Lets the oldest go when there are too many, but none of those in use. */
  void shrink(Set<TracePiece> inUse) {
    long used = inUse.stream().mapToLong(piece -> piece.spans().size()).sum();
    Iterator<TracePiece> oldest = oldestFirst.values().iterator();
    while (spans - used > WorkloadLimits.JOINABLE_SPANS / 2 && oldest.hasNext()) {
      TracePiece piece = oldest.next();
      if (!inUse.contains(piece)) {
        oldest.remove();
        forget(piece);
      }
    }
    spansBeforeLook = spans + WorkloadLimits.JOINABLE_SPANS / 2;
  }

  boolean isFull() {
    return spans > spansBeforeLook;
  }

  /** The trace, then those that link to it, then those that link to these; not without end. */
  Joined withFollowers(TracePiece first) {
    if (!isFollowed(first.id())) {
      return new Joined(List.of(first), 0);
    }
    Set<TracePiece> seen = new LinkedHashSet<>(Set.of(first));
    List<TracePiece> pieces = new ArrayList<>(seen);
    int taken = first.spans().size();
    long omitted = 0;
    for (int i = 0; i < pieces.size(); i++) {
      for (TracePiece follower : followers.getOrDefault(pieces.get(i).id(), Set.of())) {
        if (!seen.add(follower)) {
          continue;
        }
        if (taken + follower.spans().size() > MOST_SPANS_JOINED) {
          omitted += follower.spans().size();
        } else {
          taken += follower.spans().size();
          pieces.add(follower);
        }
      }
    }
    return new Joined(pieces, omitted);
  }

  /** The trace, then those that it links to, as far as they are here; not without end. */
  List<TracePiece> withFollowed(TracePiece last) {
    if (last.linkedTraces().isEmpty()) {
      return List.of(last);
    }
    Set<TracePiece> seen = new LinkedHashSet<>(Set.of(last));
    List<TracePiece> order = new ArrayList<>(seen);
    for (int i = 0; i < order.size(); i++) {
      for (TraceId id : order.get(i).linkedTraces()) {
        TracePiece followed = oldestFirst.get(id);
        if (followed != null && order.size() <= MOST_FOLLOWED && seen.add(followed)) {
          order.add(followed);
        }
      }
    }
    return order;
  }

  private void forget(TracePiece piece) {
    spans -= piece.spans().size();
    for (TraceId id : piece.linkedTraces()) {
      Set<TracePiece> left = followersOf(id);
      left.remove(piece);
      if (left.isEmpty()) {
        followers.remove(id);
      }
    }
  }

  private Set<TracePiece> followersOf(TraceId id) {
    return followers.computeIfAbsent(id, key -> new LinkedHashSet<>(2));
  }
}
