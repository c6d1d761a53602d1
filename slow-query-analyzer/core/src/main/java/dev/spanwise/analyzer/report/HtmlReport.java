package dev.spanwise.analyzer.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** One page with everything in it: it asks the network for nothing. */
final class HtmlReport {

  private static final int INITIAL_CHARACTERS = 256 * 1024;

  private HtmlReport() {}

  static String render(Report report) {
    return render(HtmlPage.of(report, Loaded.CODE));
  }

  static String render(HtmlPage page) {
    StringOutput output = new StringOutput(INITIAL_CHARACTERS);
    Loaded.TEMPLATES.render("page.jte", page, output);
    return output.toString();
  }

  /** Loaded once, when the first page is rendered. */
  private static final class Loaded {
    static final BrowserCode CODE = BrowserCode.load();

    /** The build has turned the templates into classes of this package. */
    static final TemplateEngine TEMPLATES =
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            HtmlReport.class.getClassLoader(),
            HtmlReport.class.getPackageName());
  }
}
