package dev.spanwise.analyzer.rule;

import java.util.List;

/** Every rule there is. Nothing else names a rule's class. */
final class RuleCatalogue {

  private static final WaitedForLock LOCKS = new WaitedForLock();
  private static final PlanningDominates PLANNING = new PlanningDominates();

  /**
   * Rules on plans. Where two explain the time of the same nodes, the earlier one names the cause.
   */
  static final List<PlanRule> PLAN_RULES =
      List.of(
          new JitDominates(),
          PLANNING,
          new StatisticsAreStale(),
          new ColumnsAreCorrelated(),
          new GenericPlanIsWorse(),
          new RowEstimateIsWrong(),
          new PartitionsNotPruned(),
          new LeadingWildcard(),
          new FunctionHidesColumn(),
          new CastHidesColumn(),
          new OrSpansColumns(),
          new IndexIsInvalid(),
          new NestedLoopRepeatsTableScan(),
          new IndexScanDiscardsMostRows(),
          new SeqScanDiscardsMostRows(),
          new SubPlanRunsPerRow(),
          new IndexOnlyScanFetchesHeap(),
          new BitmapScanGoesLossy(),
          new OffsetSkipsManyRows(),
          new TopNSortReadsManyRows(),
          new ForeignKeyLacksIndex(),
          new SortSpillsToDisk(),
          new HashSpillsToDisk(),
          new TableIsBloated(),
          LOCKS,
          new ReadFromDisk(),
          new WorkersNotLaunched());

  /** Rules on the calls of a query. */
  static final List<QueryRule> QUERY_RULES =
      List.of(
          new QueryRepeatsPerItem(), new SameQueryRepeats(), new ReturnsTooManyRows(), PLANNING);

  /** Rules on what requests do around their statements. */
  static final List<EndpointRule> ENDPOINT_RULES = List.of(new WaitedForConnection());

  /** Rules on a database's catalogue. */
  static final List<CatalogueRule> CATALOGUE_RULES =
      List.of(
          new ForeignKeyLacksIndex(),
          new IndexIsUnused(),
          new IndexIsDuplicate(),
          new IndexIsInvalid());

  /** Rules on one slow call and what the server logged of it. */
  static final List<CallRule> CALL_RULES = List.of(LOCKS);

  private RuleCatalogue() {}
}
