package io.siteswap.lab.bench;

/** What is measured; the letters are those of docs/benchmarks.md. */
enum Case {
    A("a table from one neighbour until it is in the table"), B(
            "the same table from four neighbours at once"), C(
                    "one change of an announcement until the last neighbour has it"), D(
                            "100,000 routes from one neighbour until another has them"), E(
                                    "changes of attributes, then withdrawal of everything"), F(
                                            "BFD, 50 ms x 3, under load: sessions lost without reason"), G(
                                                    "cold start until a neighbour has our announcement");

    private final String what;

    Case(String what) {
        this.what = what;
    }

    String what() {
        return what;
    }

    String letter() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
