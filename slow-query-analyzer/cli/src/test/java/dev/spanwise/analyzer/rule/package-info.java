/** Rules that break the laws of rules, which only this package can hold. */
@NullMarked
package dev.spanwise.analyzer.rule;

import org.jspecify.annotations.NullMarked;
