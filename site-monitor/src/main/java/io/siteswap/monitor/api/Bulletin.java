package io.siteswap.monitor.api;

/**
 * One line of the event stream.
 *
 * @param at wall-clock time in ms since 1970
 * @param kind health, decision, ticket, transition, step, stance, fence, leader, members or alarm
 * @param service empty when it concerns all
 */
public record Bulletin(long at, String node, String kind, String service, String text) {
}
