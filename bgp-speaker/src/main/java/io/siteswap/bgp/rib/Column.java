package io.siteswap.bgp.rib;

import java.util.Arrays;

/** An int for each prefix; a page is made when its first int is not 0. */
final class Column {

    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int[] EMPTY = new int[0];

    private int[][] pages = new int[0][];

    int get(int id) {
        int page = id >>> PAGE_BITS;
        return page < pages.length && pages[page].length != 0
                ? pages[page][id & (PAGE - 1)]
                : 0;
    }

    void set(int id, int value) {
        int page = id >>> PAGE_BITS;
        if (page >= pages.length) {
            int before = pages.length;
            pages = Arrays.copyOf(pages, Math.max(page + 1, before + (before >> 1)));
            Arrays.fill(pages, before, pages.length, EMPTY);
        }
        if (pages[page].length == 0) {
            if (value == 0) {
                return;
            }
            pages[page] = new int[PAGE];
        }
        pages[page][id & (PAGE - 1)] = value;
    }

    /** All ids with a value are below. */
    int bound() {
        return pages.length * PAGE;
    }

    /** The first id from here on whose page exists; {@link #bound} if there is none. */
    int skipEmpty(int id) {
        int page = id >>> PAGE_BITS;
        while (page < pages.length && pages[page].length == 0) {
            page++;
        }
        return Math.max(id, page * PAGE);
    }
}
