/** What to do about a finding, and the proof that it helps. */
@NullMarked
package dev.spanwise.analyzer.advice;

import org.jspecify.annotations.NullMarked;
