package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, opened from a file, without a network. */
class HtmlReportBrowserTest {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path folder;

  @Test
  void drawsAPlanOnlyWhenItIsOpened() throws Exception {
    try (Chromium page = open(SeveralCauses.report())) {
      assertThat(page.evaluate("document.querySelectorAll('iframe').length").asInt()).isZero();

      page.evaluate("document.getElementById('plan-1').open = true");
      page.until(nodesDrawn("plan-1") + " === 7");
      page.evaluate("document.getElementById('plan-3').open = true");
      page.until(nodesDrawn("plan-3") + " === 5");

      assertThat(page.errors()).isEmpty();
      assertThat(page.requests()).isNotEmpty().allMatch(HtmlReportBrowserTest::isLocal);
    }
  }

  @Test
  void returnsToTheTextOfAPlan() throws Exception {
    try (Chromium page = open(SeveralCauses.report())) {
      page.evaluate("document.getElementById('plan-1').open = true");
      page.until("document.querySelector('#plan-1 iframe') !== null");
      page.evaluate("document.querySelector('#plan-1 .toggle').click()");

      assertThat(page.evaluate("document.querySelector('#plan-1 iframe').hidden").asBoolean())
          .isTrue();
      assertThat(page.evaluate("document.querySelector('#plan-1 .tree').innerText").asText())
          .contains("Parallel Seq Scan on public.positions");
    }
  }

  @Test
  void opensThePlanThatALinkNames() throws Exception {
    try (Chromium page = open(SeveralCauses.report())) {
      page.evaluate("location.hash = '#plan-2'");
      page.until(nodesDrawn("plan-2") + " === 7");
    }
  }

  @Test
  void opensTheTraceThatAnExemplarNames() throws Exception {
    try (Chromium page = open(SampleTraces.report())) {
      page.until("document.documentElement.classList.contains('scripted')");
      String trace = SampleTraces.PORTFOLIO.toString();
      assertThat(page.evaluate("document.getElementById('trace-2').open").asBoolean()).isFalse();
      page.evaluate(
          "[...document.querySelectorAll('.cause a')].find(a => a.textContent === '"
              + trace
              + "').click()");
      page.until("document.getElementById('trace-2').open");
      assertThat(page.evaluate("document.getElementById('trace-2').innerText").asText())
          .contains("portfolio-summary", trace);
      assertThat(page.errors()).isEmpty();
    }
  }

  @Test
  void drawsABarForEachSpanWithinTheAxis() throws Exception {
    try (Chromium page = open(SampleTraces.report())) {
      page.until("document.documentElement.classList.contains('scripted')");
      page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
      assertThat(page.evaluate("document.querySelectorAll('.waterfall rect').length").asInt())
          .isEqualTo(38);
      assertThat(
              page.evaluate(
                      "[...document.querySelectorAll('.waterfall rect')].every(rect => {"
                          + " const bar = rect.getBoundingClientRect();"
                          + " const axis = rect.parentElement.getBoundingClientRect();"
                          + " return bar.width > 1 && bar.left >= axis.left - 1"
                          + " && bar.right <= axis.right + 1; })")
                  .asBoolean())
          .isTrue();
    }
  }

  @Test
  void copiesTheStatementAsItIs() throws Exception {
    try (Chromium page = open(SeveralCauses.report())) {
      page.evaluate(
          "navigator.clipboard.writeText = async (text) => { window.copied = text; };"
              + "document.querySelector('.advice .copy').click()");
      page.until("document.querySelector('.advice .copy').textContent === 'Copied'");

      assertThat(page.evaluate("window.copied").asText())
          .isEqualTo(SeveralCauses.report().advice().get(0).statement());
    }
  }

  @Test
  void executesNothingOfWhatItShows() throws Exception {
    try (Chromium page = open(HostileReport.report())) {
      page.until("document.documentElement.classList.contains('scripted')");
      page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
      page.until(nodesDrawn("plan-1") + " >= 1");

      assertThat(page.evaluate("window." + HostileReport.MARK + " === undefined").asBoolean())
          .isTrue();
      assertThat(
              page.evaluate(
                      "document.querySelector('#plan-1 iframe').contentWindow."
                          + HostileReport.MARK
                          + " === undefined")
                  .asBoolean())
          .isTrue();
      assertThat(page.evaluate("document.querySelectorAll('img').length").asInt()).isZero();
      assertThat(page.evaluate("document.querySelectorAll('script').length").asInt())
          .as("the viewer, the page's own, and one for each of the three plans")
          .isEqualTo(5);
      assertThat(page.evaluate("document.body.innerText").asText())
          .contains(HostileReport.text("title"));
      assertThat(page.errors()).isEmpty();
    }
  }

  @Test
  void thePolicyStopsAScriptThatIsNotThePages() throws Exception {
    try (Chromium page = open(SampleReports.healthy())) {
      page.evaluate(
          "{ const s = document.createElement('script'); s.textContent = 'window.planted = 1';"
              + " document.body.append(s); }");

      assertThat(page.evaluate("window.planted === undefined").asBoolean()).isTrue();
      page.evaluate("fetch('http://127.0.0.1:9/').catch(() => { window.refused = true; })");
      page.until("window.refused === true");
      assertThat(page.errors()).anyMatch(error -> error.contains("Content Security Policy"));
    }
  }

  @Test
  void fitsAPhone() throws Exception {
    for (String name : SampleReports.all().keySet()) {
      try (Chromium page = open(SampleReports.named(name))) {
        page.resize(360, 740);

        page.until("innerWidth === 360");
        assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
            .as(name)
            .isEqualTo(360);
      }
    }
  }

  private Chromium open(Report report) throws Exception {
    Optional<Path> browser = Chromium.installed();
    assumeTrue(browser.isPresent(), "neither chromium nor google-chrome is on the PATH");
    Path file = Files.writeString(folder.resolve("report.html"), ReportFormat.HTML.render(report));
    Path profile = Files.createTempDirectory(folder, "profile");
    return Chromium.open(browser.orElseThrow(), profile, file);
  }

  private static String nodesDrawn(String plan) {
    return "(document.querySelector('#"
        + plan
        + " iframe')?.contentDocument?.querySelectorAll('.plan-node').length ?? 0)";
  }

  private static boolean isLocal(String address) {
    return address.startsWith("file:")
        || address.startsWith("about:")
        || address.startsWith("data:");
  }
}
