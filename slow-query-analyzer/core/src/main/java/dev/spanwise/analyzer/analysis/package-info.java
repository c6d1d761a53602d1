/** The stages in their order: link, diagnose, advise, report. */
@NullMarked
package dev.spanwise.analyzer.analysis;

import org.jspecify.annotations.NullMarked;
