package io.siteswap.policy.engine;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Fact.Candidate;
import io.siteswap.policy.facts.Rung;
import io.siteswap.policy.plan.Rules;
import io.siteswap.policy.verdicts.Verdict;
import io.siteswap.policy.verdicts.Verdict.Alarm;
import io.siteswap.policy.verdicts.Verdict.Hold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.kie.api.KieBase;
import org.kie.api.definition.rule.Rule;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;

/**
 * The loaded rule packs. Keeps nothing between evaluations: the same facts always give the same
 * verdicts in the same order. May be used from several threads.
 */
public final class Engine implements Rules {

    /** Rules that feed each other without end stop here; the shipped packs need a tenth of it. */
    private static final int MAX_FIRINGS_PER_FACT = 20;
    private static final int MAX_FIRINGS = 500;

    private static final int WARM_UPS = 20;

    private final KieBase base;
    private final List<String> ladder;

    Engine(KieBase base, List<String> ladder) {
        this.base = base;
        this.ladder = List.copyOf(ladder);
    }

    @Override
    public List<Verdict> evaluate(Collection<? extends Fact> facts) {
        KieSession session = base.newKieSession();
        try {
            return evaluate(session, facts);
        } finally {
            session.dispose();
        }
    }

    /** Evaluates a small example, so that the first real evaluation does not pay for loading. */
    public Engine warmUp() {
        for (int i = 0; i < WARM_UPS; i++) {
            evaluate(Example.facts());
        }
        return this;
    }

    private List<Verdict> evaluate(KieSession session, Collection<? extends Fact> facts) {
        AtomicReference<Say.Speaker> speaker = new AtomicReference<>(
                new Say.Speaker(Pack.ADDED, ""));
        session.addEventListener(new DefaultAgendaEventListener() {
            @Override
            public void beforeMatchFired(BeforeMatchFiredEvent event) {
                Rule rule = event.getMatch().getRule();
                speaker.set(new Say.Speaker(Pack.ofPackage(rule.getPackageName()),
                        rule.getName()));
            }
        });
        Say say = new Say(speaker::get, session::insert);
        session.setGlobal("say", say);
        for (int i = 0; i < ladder.size(); i++) {
            session.insert(new Rung(ladder.get(i), i));
        }
        new LinkedHashSet<>(facts).forEach(session::insert);
        int limit = MAX_FIRINGS + MAX_FIRINGS_PER_FACT * facts.size();
        if (session.fireAllRules(limit) >= limit) {
            return endless(facts, limit);
        }
        return new Stances(ladder).settle(say.verdicts());
    }

    /** Half an evaluation must not move anything. */
    private static List<Verdict> endless(Collection<? extends Fact> facts, int limit) {
        List<Verdict> verdicts = new ArrayList<>();
        String reason = "The rules did not come to an end after " + limit
                + " firings, so nothing moves; check the added rule files.";
        facts.stream().filter(Candidate.class::isInstance).map(Candidate.class::cast)
                .map(Candidate::service).distinct().sorted().forEach(service -> {
                    verdicts.add(new Hold(service, reason));
                    verdicts.add(new Alarm(service, reason));
                });
        return List.copyOf(verdicts);
    }
}
