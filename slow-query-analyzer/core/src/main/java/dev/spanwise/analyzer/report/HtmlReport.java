package dev.spanwise.analyzer.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import org.jspecify.annotations.Nullable;

/** One page with everything in it: it asks the network for nothing. */
final class HtmlReport {

  private static final int INITIAL_CHARACTERS = 256 * 1024;

  private HtmlReport() {}

  static String render(Report report) {
    return render(HtmlPage.of(report, Loaded.CODE));
  }

  static String render(HtmlPage page) {
    StringOutput output = new StringOutput(INITIAL_CHARACTERS);
    Loaded.TEMPLATES.render("page.jte", page, new VisibleOutput(output));
    return output.toString();
  }

  /** Shows what the reader could not see; jte escapes what the browser would take for markup. */
  private static final class VisibleOutput extends OwaspHtmlTemplateOutput {

    VisibleOutput(TemplateOutput output) {
      super(output);
    }

    @Override
    public void writeUserContent(@Nullable String text) {
      super.writeUserContent(text == null ? null : Characters.visible(text));
    }
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
