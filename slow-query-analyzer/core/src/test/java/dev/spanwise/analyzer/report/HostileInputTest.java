package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spanwise.analyzer.trace.OrderTrace;
import dev.spanwise.analyzer.trace.SpanBuilder;
import dev.spanwise.analyzer.trace.SpanKind;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a browser makes of the page is {@link HtmlReportBrowserTest}'s. */
class HostileInputTest {

  @Test
  void theTerminalObeysNoControlCharacterOfTheInput() {
    String text = TextReport.render(SampleReports.longAndForeign(), false);

    assertThat(text).contains("\\u001b[31mcolour").contains("\\u202e");
    assertThat(text.chars().filter(unit -> unit < ' ' && unit != '\n')).isEmpty();
  }

  @Test
  void onlyTheReportsOwnColoursReachATerminal() {
    String coloured = TextReport.render(SampleReports.longAndForeign(), true);
    String plain = TextReport.render(SampleReports.longAndForeign(), false);

    assertThat(coloured).contains("\u001b[31mcritical\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[\\d*m", "")).isEqualTo(plain);
  }

  @Test
  void markdownHoldsNoMarkupOfTheInput() {
    String markdown = ReportFormat.MARKDOWN.render(HostileReport.report());
    String outsideCode =
        Pattern.compile("(`+)(?:(?!\\1).|\\R)+?\\1(?!`)").matcher(markdown).replaceAll("");

    assertThat(outsideCode).doesNotContain("<script", "<img", "<!--", "@everyone");
  }

  @Test
  void noFormLetsANameReorderAStatement() {
    for (ReportFormat format :
        List.of(ReportFormat.HTML, ReportFormat.MARKDOWN, ReportFormat.TEXT)) {
      assertThat(format.render(SampleReports.longAndForeign()))
          .contains("u202ebalance")
          .doesNotContain("\u202e");
    }
  }

  @Test
  void wordsOfMarkdownStartNoList() {
    assertThat(MarkdownText.words("1. one")).isEqualTo("1\\. one");
    assertThat(MarkdownText.words("- one")).isEqualTo("\\- one");
    assertThat(MarkdownText.words("portfolio-api")).isEqualTo("portfolio-api");
  }

  @Test
  void aTableRowOfMarkdownHasItsColumnsWhateverTheTextHolds() {
    String row =
        MarkdownText.row(List.of(MarkdownText.words("a|b\nc"), MarkdownText.code("a|b\n`c")));

    assertThat(row).isEqualTo("| a\\|b c | ``a\\|b `c`` |\n");
  }

  @Test
  void aFenceIsLongerThanAnyInTheStatement() {
    assertThat(MarkdownText.codeBlock("sql", "select 1 -- ````\n```")).startsWith("`````sql\n");
  }

  @Test
  void aSpanOfATraceTakesOneLineWhateverItsNameHolds() {
    Report report =
        SampleTraces.of(
            List.of(
                new SpanBuilder(OrderTrace.ID, 1, "a\nb", SpanKind.SERVER, "x\n\u001b[31my")
                    .build(),
                new SpanBuilder(OrderTrace.ID, 2, "c\r\nd", SpanKind.CONSUMER, "```\n</script>")
                    .under(1)
                    .build()));

    assertThat(TextReport.render(report, false))
        .containsPattern("(?m)^ +0 ms +1\\.00 µs +x \\\\u001b\\[31my · a b$")
        .containsPattern("(?m)^ +0 ms +1\\.00 µs +``` </script> · c d$");
    assertThat(ReportFormat.MARKDOWN.render(report)).contains("\n````text\n");
  }

  @Test
  void jsonKeepsEveryTextAsItIs() throws Exception {
    JsonNode json = new ObjectMapper().readTree(ReportFormat.JSON.render(HostileReport.report()));

    assertThat(json.at("/findings/0/title").asText()).isEqualTo(HostileReport.text("title"));
    assertThat(json.at("/queries/0/text").asText()).isEqualTo(HostileReport.text("statement"));
    assertThat(json.at("/comparison/endpoints/0/endpoint").asText())
        .isEqualTo(HostileReport.text("measured"));
  }

  @Test
  void aPlanCannotEndTheScriptThatHoldsIt() {
    String page = ReportFormat.HTML.render(HostileReport.report());

    assertThat(page).doesNotContain("t </script>").contains("t \\u003c/script>");
  }
}
