package io.siteswap.monitor.sql;

/**
 * The leader's sign of life in the database.
 *
 * @param term grows with each new leader
 * @param beat grows while one leads
 */
record Sign(long term, String node, long beat) {
}
