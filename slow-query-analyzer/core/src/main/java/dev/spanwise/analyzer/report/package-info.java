/** The report: one value, and its JSON, HTML, Markdown and text forms. */
@NullMarked
package dev.spanwise.analyzer.report;

import org.jspecify.annotations.NullMarked;
