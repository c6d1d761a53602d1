package dev.spanwise.analyzer.rule;

import java.util.List;

/** Every rule there is. Nothing else names a rule's class. */
final class RuleCatalogue {

  private static final WaitedForLock LOCKS = new WaitedForLock();

  /**
   * Rules on plans. Where two explain the time of the same nodes, the earlier one names the cause.
   */
  static final List<PlanRule> PLAN_RULES =
      List.of(
          new JitDominates(),
          new PlanningDominates(),
          new StatisticsAreStale(),
          new ColumnsAreCorrelated(),
          new GenericPlanIsWorse(),
          new RowEstimateIsWrong(),
          new NestedLoopRepeatsTableScan(),
          new IndexScanDiscardsMostRows(),
          new SeqScanDiscardsMostRows(),
          new TopNSortReadsManyRows(),
          new SortSpillsToDisk(),
          new HashSpillsToDisk(),
          new TableIsBloated(),
          LOCKS,
          new ReadFromDisk(),
          new WorkersNotLaunched());

  /** Rules on the calls of a query. */
  static final List<QueryRule> QUERY_RULES = List.of(new QueryRepeatsPerItem());

  /** Rules on one slow call and what the server logged of it. */
  static final List<CallRule> CALL_RULES = List.of(LOCKS);

  private RuleCatalogue() {}
}
