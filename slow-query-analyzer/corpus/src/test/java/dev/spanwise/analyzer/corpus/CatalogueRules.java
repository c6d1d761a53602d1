package dev.spanwise.analyzer.corpus;

import java.util.Set;
import java.util.TreeSet;

/** The rules that labels may name: those that stand in code and those that are still to come. */
final class CatalogueRules {

  static final Set<String> ALL =
      new TreeSet<>(
          Set.of(
              // access
              "SeqScanDiscardsMostRows",
              "IndexScanDiscardsMostRows",
              "TopNSortReadsManyRows",
              "NestedLoopRepeatsTableScan",
              "IndexOnlyScanFetchesHeap",
              "BitmapScanGoesLossy",
              "PartitionsNotPruned",
              "SubPlanRunsPerRow",
              // predicates
              "FunctionHidesColumn",
              "CastHidesColumn",
              "LeadingWildcard",
              "OrSpansColumns",
              "OffsetSkipsManyRows",
              // memory
              "SortSpillsToDisk",
              "HashSpillsToDisk",
              // estimates
              "RowEstimateIsWrong",
              "StatisticsAreStale",
              "ColumnsAreCorrelated",
              "GenericPlanIsWorse",
              // run time
              "WaitedForLock",
              "ReadFromDisk",
              "JitDominates",
              "PlanningDominates",
              "WorkersNotLaunched",
              "TableIsBloated",
              // traces
              "QueryRepeatsPerItem",
              "SameQueryRepeats",
              "WaitedForConnection",
              "ReturnsTooManyRows",
              // catalogue
              "ForeignKeyLacksIndex",
              "IndexIsUnused",
              "IndexIsDuplicate",
              "IndexIsInvalid"));

  private CatalogueRules() {}
}
