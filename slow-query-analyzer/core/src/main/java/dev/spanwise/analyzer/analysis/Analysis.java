package dev.spanwise.analyzer.analysis;

import dev.spanwise.analyzer.advice.Advice;
import dev.spanwise.analyzer.advice.Advised;
import dev.spanwise.analyzer.advice.Advisor;
import dev.spanwise.analyzer.advice.Sample;
import dev.spanwise.analyzer.advice.WhatIfPlanner;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.StatementPlanner;
import dev.spanwise.analyzer.report.Report;
import dev.spanwise.analyzer.report.ReportAssembler;
import dev.spanwise.analyzer.rule.Diagnosis;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From what was read to the report. Stateless.
 *
 * @param report the report
 * @param advice the advice in it, with what is needed to follow it
 */
public record Analysis(Report report, List<Advice> advice) {

  /** Statements whose plans a server is asked for: each takes it some milliseconds. */
  private static final int PLANNED_STATEMENTS = 100;

  public Analysis {
    advice = List.copyOf(advice);
  }

  /**
   * What is known of the database.
   *
   * @param catalogue its catalogue; null where no database was named
   * @param planner proves advice; null where there is none to ask
   * @param notes what else the report is to say limits it
   * @param howToProve what the report advises where there is no planner
   * @param statements plans statements of which no executed plan was found; null where the server
   *     is not to be asked
   */
  public record Database(
      @Nullable Catalogue catalogue,
      @Nullable WhatIfPlanner planner,
      List<String> notes,
      String howToProve,
      @Nullable StatementPlanner statements) {

    /** No database was named. */
    public static final Database NONE = new Database(null, null);

    public Database {
      notes = List.copyOf(notes);
    }

    public Database(@Nullable Catalogue catalogue, @Nullable WhatIfPlanner planner) {
      this(catalogue, planner, List.of(), Advisor.HOW_TO_PROVE, null);
    }

    /** The same, with these notes. */
    public Database withNotes(List<String> said) {
      return new Database(catalogue, planner, said, howToProve, statements);
    }

    /** The same, asked for the plans of statements of which no executed plan was found. */
    public Database asked(StatementPlanner ofStatements) {
      return new Database(catalogue, planner, notes, howToProve, ofStatements);
    }
  }

  /**
   * Analyses a workload.
   *
   * @param links the links of its slow spans
   * @param rejections what could not be read
   * @param assembler makes the report
   */
  public static Analysis of(
      Workload workload,
      Links links,
      Database database,
      Rejections rejections,
      ReportAssembler assembler) {
    Diagnosis diagnosis =
        Diagnosis.of(workload, links, database.catalogue(), planned(workload, links, database));
    Advised advised =
        new Advisor(database.catalogue(), database.planner(), samples(links), database.howToProve())
            .advised(diagnosis.findings());
    List<String> notes = new ArrayList<>(links.notes());
    notes.addAll(notes(database));
    return new Analysis(
        assembler.assemble(
            workload,
            links,
            diagnosis.with(advised.findings()),
            advised.advice(),
            rejections,
            notes),
        advised.advice());
  }

  /**
   * Analyses plans by themselves.
   *
   * @param plans plans of one input
   */
  public static Analysis of(
      List<Plan> plans, Database database, Rejections rejections, ReportAssembler assembler) {
    List<Diagnosis.OfPlan> diagnoses = Diagnosis.of(plans, database.catalogue());
    Advised advised =
        new Advisor(database.catalogue(), database.planner(), List.of(), database.howToProve())
            .advised(diagnoses.stream().flatMap(one -> one.findings().stream()).toList());
    List<Diagnosis.OfPlan> inItsLight =
        diagnoses.stream().map(one -> one.with(advised.findings())).toList();
    return new Analysis(
        assembler.assemble(inItsLight, advised.advice(), rejections, notes(database)),
        advised.advice());
  }

  /** The plans of the costliest slow statements to which no executed plan is linked. */
  private static Map<Long, StatementPlanner.Answer> planned(
      Workload workload, Links links, Database database) {
    StatementPlanner statements = database.statements();
    if (statements == null) {
      return Map.of();
    }
    Set<Long> executed =
        links.links().stream()
            .filter(link -> link.plan() != null)
            .map(link -> link.span().query().fingerprint())
            .collect(Collectors.toSet());
    Map<Long, StatementPlanner.Answer> planned = new LinkedHashMap<>();
    workload.queries().stream()
        .filter(query -> query.system() == DatabaseSystem.POSTGRESQL && query.slowCalls() > 0)
        .filter(query -> !executed.contains(query.key().fingerprint()))
        .collect(
            Collectors.toMap(
                query -> query.key().fingerprint(),
                Query::text,
                (costlier, other) -> costlier,
                LinkedHashMap::new))
        .entrySet()
        .stream()
        .limit(PLANNED_STATEMENTS)
        .forEach(query -> planned.put(query.getKey(), statements.plan(query.getValue())));
    return planned;
  }

  private static List<String> notes(Database database) {
    List<String> notes = new ArrayList<>(database.notes());
    if (database.catalogue() != null) {
      notes.addAll(database.catalogue().weaknesses());
    }
    return notes;
  }

  /** The plan of the slowest linked call of each statement. */
  private static List<Sample> samples(Links links) {
    Map<Long, Sample> samples = new LinkedHashMap<>();
    for (Link link : links.links()) {
      if (link.plan() != null) {
        long fingerprint = link.span().query().fingerprint();
        samples.putIfAbsent(fingerprint, new Sample(fingerprint, link.plan().plan()));
      }
    }
    return new ArrayList<>(samples.values());
  }
}
