package dev.spanwise.demo.cache;

import java.time.Instant;

/**
 * What is cached under a key is out of date.
 *
 * @param committedAt when the ledger committed what made it so
 */
public record Invalidation(String key, Instant committedAt) {}
