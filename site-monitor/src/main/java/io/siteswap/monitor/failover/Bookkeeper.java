package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.Ledger;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger does not have yet: the leader goes on saying it until the log has it.
 *
 * @param sent when it was said last
 */
record Bookkeeper(Serving news, long sent) {

    /** @param before what was news for this service before, if anything */
    static Optional<Bookkeeper> look(Optional<Bookkeeper> before, View view,
            Optional<Serving> serving, List<Effect> out) {
        Ledger ledger = view.state().ledger();
        boolean known = serving.isEmpty() || serving.get().up() == ledger.up()
                || (ledger.empty() && !serving.get().up());
        if (known) {
            return Optional.empty();
        }
        // The first cause and moment stand: what comes after mostly follows from it.
        Optional<Bookkeeper> same = before.filter(it -> it.news().up() == serving.get().up());
        if (same.isPresent() && !view.due(same.get().sent() + view.setup().retry())) {
            return same;
        }
        Serving news = same.map(Bookkeeper::news).orElse(serving.get());
        out.add(new Effect.Account(view.service(), news.up(), news.cause(), news.since()));
        return Optional.of(new Bookkeeper(news, view.now()));
    }
}
