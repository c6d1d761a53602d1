/**
 * The report: one value, and its JSON, HTML, Markdown and text forms.
 *
 * <p>The templates of the HTML form are {@code src/main/jte}; their style and scripts are resources
 * beside this package, and {@code src/main/third-party} holds the plan viewer.
 */
@NullMarked
package dev.spanwise.analyzer.report;

import org.jspecify.annotations.NullMarked;
