/**
 * Ordinary applications for the contracts: plain clients, and a seam where the library would stand.
 */
@NullMarked
package dev.spanwise.testing.contract.application;

import org.jspecify.annotations.NullMarked;
