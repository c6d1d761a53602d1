package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both formats of one statement give the same tree. They are two executions, so that times, buffer
 * hits and what the processes of a parallel plan did differ: of those only the presence is
 * compared.
 */
class TextAgreesWithJsonTest {

  private static final Pattern VOLATILE =
      Pattern.compile(".*(?:Blocks|Time|Workers\\..*|WAL.*|Timing.*|Memory.*|Serialization\\..*)");

  /** What depends on how the workers of that run shared the rows. */
  private static final Set<String> VOLATILE_IN_PARALLEL =
      Set.of(
          "Sort Space Used", "Sort Method", "Sort Space Type", "Peak Memory Usage", "Heap Fetches");

  /** What text output does not print at all, or not without VERBOSE. */
  private static final Set<String> ONLY_IN_JSON = Set.of("Inner Unique", "Scan Direction");

  /** Where no node touched a block, text output does not show that they were counted. */
  private static final Buffers NO_BLOCKS = new Buffers(0, 0, 0, 0, 0);

  private static final Pattern ZERO = Pattern.compile("0(?:\\.0+)?|false|");

  @ParameterizedTest(name = "PostgreSQL {0}: {1}")
  @MethodSource("dev.spanwise.analyzer.plan.RecordedPlans#all")
  void readsTheSameTree(int major, String name) {
    List<Plan> fromText = RecordedPlans.read(RecordedPlans.text(major, name));
    List<Plan> fromJson = RecordedPlans.read(RecordedPlans.json(major, name));

    assertThat(fromText).hasSameSizeAs(fromJson);
    for (int i = 0; i < fromText.size(); i++) {
      agree(fromText.get(i), fromJson.get(i), major);
    }
  }

  private static void agree(Plan text, Plan json, int major) {
    assertThat(text.queryText()).isEqualTo(json.queryText());
    assertThat(text.parameters()).isEqualTo(json.parameters());
    assertThat(text.queryId()).isEqualTo(json.queryId());
    assertThat(text.settings()).isEqualTo(json.settings());
    samePresence("planning time", text.planningMs(), json.planningMs());
    samePresence("execution time", text.executionMs(), json.executionMs());
    samePresence("JIT time", text.jitMs(), json.jitMs());
    assertThat(text.triggers())
        .extracting(Trigger::calls)
        .isEqualTo(json.triggers().stream().map(Trigger::calls).toList());
    assertThat(text.triggers())
        .extracting(Trigger::constraint)
        .isEqualTo(json.triggers().stream().map(Trigger::constraint).toList());
    agree(text.details(), json.details(), false);
    boolean parallel = json.nodes().anyMatch(node -> node.details().containsKey("Workers Planned"));
    List<PlanNode> textNodes = text.nodes().toList();
    List<PlanNode> jsonNodes = json.nodes().toList();
    assertThat(textNodes)
        .extracting(PlanNode::pointer)
        .isEqualTo(jsonNodes.stream().map(PlanNode::pointer).toList());
    for (int i = 0; i < textNodes.size(); i++) {
      agree(textNodes.get(i), jsonNodes.get(i), parallel, major);
    }
  }

  private static void agree(PlanNode text, PlanNode json, boolean parallel, int major) {
    assertThat(text.typeName()).isEqualTo(json.typeName());
    assertThat(text.type()).isEqualTo(json.type());
    if (major != 13 || !"Member".equals(json.position().parentRelationship())) {
      // Before 14, ModifyTable had members, one for each table; text output cannot show that.
      assertThat(text.position()).as(json.pointer()).isEqualTo(json.position());
    }
    if (json.type() == NodeType.FUNCTION_SCAN && json.target().other() == null) {
      // ROWS FROM several functions: text output prints the alias where the function's name goes.
      assertThat(text.target().other()).isEqualTo(json.target().alias());
    } else {
      assertThat(text.target()).as(json.pointer()).isEqualTo(json.target());
    }
    assertThat(text.conditions()).isEqualTo(json.conditions());
    assertThat(text.sortKey()).isEqualTo(json.sortKey());
    assertThat(text.output()).isEqualTo(json.output());
    assertThat(text.estimate()).isEqualTo(json.estimate());
    agree(text.actual(), json.actual(), json.pointer(), parallel);
    agree(text.details(), json.details(), parallel);
    assertThat(text.buffers() == null)
        .as("%s has no buffers", json.pointer())
        .isEqualTo(
            json.buffers() == null || (NO_BLOCKS.equals(json.buffers()) && text.buffers() == null));
  }

  private static void agree(
      @Nullable Actual text, @Nullable Actual json, String pointer, boolean parallel) {
    samePresence("measurements of " + pointer, text, json);
    if (text != null && json != null) {
      samePresence("removed rows", text.removedByFilter(), json.removedByFilter());
      samePresence("removed rows", text.removedByJoinFilter(), json.removedByJoinFilter());
      samePresence("removed rows", text.removedByRecheck(), json.removedByRecheck());
      if (!parallel) {
        assertThat(text.loops()).as("loops of %s", pointer).isEqualTo(json.loops());
        assertThat(text.rows()).as("rows of %s", pointer).isEqualTo(json.rows());
        assertThat(text.removedByFilter()).isEqualTo(json.removedByFilter());
        assertThat(text.removedByJoinFilter()).isEqualTo(json.removedByJoinFilter());
        assertThat(text.removedByRecheck()).isEqualTo(json.removedByRecheck());
      }
      samePresence("startup time", text.startupMs(), json.startupMs());
      samePresence("total time", text.totalMs(), json.totalMs());
    }
  }

  private static void agree(Map<String, String> text, Map<String, String> json, boolean parallel) {
    text.forEach(
        (name, value) -> {
          if (name.startsWith("Workers.")
              || (VOLATILE.matcher(name).matches() && !json.containsKey(name))) {
            return;
          }
          assertThat(json).containsKey(name);
          if (!VOLATILE.matcher(name).matches()
              && !(parallel && VOLATILE_IN_PARALLEL.contains(name))) {
            assertThat(value).as(name).isEqualTo(json.get(name));
          }
        });
    json.forEach(
        (name, value) -> {
          if (!ONLY_IN_JSON.contains(name)
              && !VOLATILE.matcher(name).matches()
              && !ZERO.matcher(value).matches()) {
            assertThat(text).containsKey(name);
          }
        });
  }

  private static void samePresence(String what, @Nullable Object text, @Nullable Object json) {
    assertThat(text != null).as("%s is there", what).isEqualTo(json != null);
  }
}
