package dev.spanwise.demo.quotes;

/**
 * What an instrument costs.
 *
 * @param price in decimal digits, as the ledger has it
 */
record Quote(long instrument, String price) {}
