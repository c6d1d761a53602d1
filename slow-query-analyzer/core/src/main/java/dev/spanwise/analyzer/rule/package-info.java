/** The causes of slowness that Spanwise can name, each a rule. */
@NullMarked
package dev.spanwise.analyzer.rule;

import org.jspecify.annotations.NullMarked;
