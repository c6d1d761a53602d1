package dev.spanwise.analyzer.report;

/** The forms of a report. Each is a pure function of the {@link Report}. Thread-safe. */
public enum ReportFormat {
  /** One page that needs no network, for people. */
  HTML("html", "text/html; charset=utf-8") {
    @Override
    public String render(Report report) {
      return HtmlReport.render(report);
    }
  },
  /** The contract, {@code docs/report.schema.json}, for programs. */
  JSON("json", "application/json") {
    @Override
    public String render(Report report) {
      return JsonReport.render(report);
    }
  },
  /** GitHub-flavoured Markdown, for a comment on a pull request. */
  MARKDOWN("md", "text/markdown; charset=utf-8") {
    @Override
    public String render(Report report) {
      return MarkdownReport.render(report);
    }
  },
  /** Plain text of at most 100 columns, for a terminal or a log. */
  TEXT("txt", "text/plain; charset=utf-8") {
    @Override
    public String render(Report report) {
      return TextReport.render(report, false);
    }
  };

  private final String fileExtension;
  private final String mediaType;

  ReportFormat(String fileExtension, String mediaType) {
    this.fileExtension = fileExtension;
    this.mediaType = mediaType;
  }

  /** The whole document, to be written as UTF-8. */
  public abstract String render(Report report);

  /** Without the dot. */
  public String fileExtension() {
    return fileExtension;
  }

  /** With the character set where the type has one. */
  public String mediaType() {
    return mediaType;
  }
}
