package io.siteswap.policy.plan;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Fact.Candidate;
import io.siteswap.policy.facts.Fact.Holder;
import io.siteswap.policy.facts.Fact.MoveRequest;
import io.siteswap.policy.facts.Fact.Waiver;
import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.verdicts.Verdict;
import io.siteswap.policy.verdicts.Verdict.Hold;
import io.siteswap.policy.verdicts.Verdict.Refuse;
import io.siteswap.policy.verdicts.Verdict.Score;
import io.siteswap.policy.verdicts.Verdict.SiteLost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Scores to decision: sums the scores of each service's candidates and picks the highest.
 *
 * <p>What a score, a hold or a refusal means is fixed here; when one is given is the rules' matter.
 */
public final class Placement {

    private final String service;
    private final String holder;
    /** Rules that the operator who asks takes upon himself. */
    private final Set<String> overridden;
    private final Totals totals;
    private final Optional<MoveRequest> request;
    private final List<Verdict> verdicts;

    private Placement(String service, List<Candidate> candidates,
            Collection<? extends Fact> facts, List<Verdict> verdicts) {
        this.service = service;
        this.verdicts = verdicts;
        this.holder = only(facts, Holder.class).filter(fact -> fact.service().equals(service))
                .map(Holder::site).findFirst().orElse("");
        this.request = only(facts, MoveRequest.class)
                .filter(fact -> fact.service().equals(service)).findFirst();
        this.overridden = only(facts, Waiver.class)
                .filter(fact -> fact.service().equals(service)).map(Waiver::ruleName)
                .collect(Collectors.toUnmodifiableSet());
        this.totals = Totals.of(candidates, only(verdicts, Score.class)
                .filter(score -> score.service().equals(service) && !overrides(score)).toList());
    }

    /** One decision per service that has candidates, in the order of their names. */
    public static List<Decision> decide(Collection<? extends Fact> facts,
            List<Verdict> verdicts) {
        TreeMap<String, List<Candidate>> services = new TreeMap<>();
        only(facts, Candidate.class).sorted(Comparator.comparingInt(Candidate::preference)
                .thenComparing(Candidate::site)).forEach(
                        candidate -> services
                                .computeIfAbsent(candidate.service(), name -> new ArrayList<>())
                                .add(candidate));
        List<Decision> decisions = new ArrayList<>();
        services.forEach((service, candidates) -> decisions
                .add(new Placement(service, candidates, facts, verdicts).decide()));
        return decisions;
    }

    private Decision decide() {
        return request.isPresent() ? asked(request.get()) : unasked();
    }

    /** An operator asks: refusals and an impossible target stop it, holds do not. */
    private Decision asked(MoveRequest asked) {
        List<String> refusals = new ArrayList<>(only(verdicts, Refuse.class)
                .filter(refuse -> refuse.service().equals(service)
                        && refuse.site().equals(asked.site())
                        && !overridden.contains(refuse.ruleName()))
                .map(refuse -> named(refuse.reason(), refuse.ruleName())).toList());
        if (!totals.may(asked.site())) {
            refusals.addAll(forbidding(asked.site(), true));
            if (refusals.isEmpty()) {
                refusals.add(asked.site() + " is not one of the sites of " + service + ".");
            }
        }
        if (!refusals.isEmpty()) {
            return decision(Kind.REFUSED, holder, refusals);
        }
        if (asked.site().equals(holder)) {
            return decision(Kind.REFUSED, holder,
                    List.of(holder + " already holds the service."));
        }
        List<String> reasons = new ArrayList<>();
        reasons.add(asked.operator() + " asks that the service moves to " + asked.site() + ".");
        overruled(asked).forEach(reasons::add);
        if (holder.isEmpty() || !totals.may(holder)) {
            reasons.addAll(forbidding(holder));
            return decision(Kind.FAILOVER, asked.site(), reasons);
        }
        return decision(Kind.SWITCHOVER, asked.site(), reasons);
    }

    private Decision unasked() {
        String best = totals.best(holder);
        if (!totals.may(best)) {
            List<String> reasons = new ArrayList<>(forbidding(holder));
            reasons.add("No site may hold the service now, so it stays where it is.");
            totals.bySite().keySet().stream().filter(site -> !site.equals(holder))
                    .forEach(site -> reasons.addAll(forbidding(site)));
            return decision(Kind.STAY, holder, reasons);
        }
        if (best.equals(holder)) {
            return decision(Kind.STAY, holder,
                    List.of(holder + " keeps the service. Scores: " + totals.text() + "."));
        }
        List<String> reasons = moving(best);
        List<String> holds = only(verdicts, Hold.class)
                .filter(hold -> hold.service().equals(service)).map(Hold::reason).toList();
        if (holds.isEmpty()) {
            return decision(Kind.FAILOVER, best, reasons);
        }
        List<String> held = new ArrayList<>(holds);
        held.addAll(reasons);
        return decision(Kind.HELD, holder, held);
    }

    /** Why an automatic move to {@code best} is right, the deciding sentence first. */
    private List<String> moving(String best) {
        List<String> reasons = new ArrayList<>();
        if (holder.isEmpty()) {
            reasons.add("Nobody holds the service; " + best + " has the highest score.");
            scores(best).map(Score::reason).forEach(reasons::add);
        } else if (!totals.bySite().containsKey(holder)) {
            reasons.add(holder + " holds the service, but is not one of its sites.");
        } else if (totals.may(holder)) {
            reasons.add(best + " scores higher than " + holder + ".");
            scores(best).map(Score::reason).forEach(reasons::add);
        } else {
            reasons.addAll(forbidding(holder));
        }
        reasons.add("Scores: " + totals.text() + ".");
        return reasons;
    }

    /** What would have stopped the move, had the operator not overridden it: for the record. */
    private Stream<String> overruled(MoveRequest asked) {
        Stream<String> refused = only(verdicts, Refuse.class)
                .filter(it -> it.service().equals(service) && it.site().equals(asked.site())
                        && overridden.contains(it.ruleName()))
                .map(it -> overruled(asked, it.ruleName(), it.reason()));
        Stream<String> scored = scores(asked.site()).filter(this::overrides)
                .map(it -> overruled(asked, it.ruleName(), it.reason()));
        return Stream.concat(refused, scored).distinct();
    }

    private static String overruled(MoveRequest asked, String rule, String reason) {
        return asked.operator() + " overrides the rule \"" + rule + "\": " + reason;
    }

    /** Only what forbids the site that is asked for; everything else an operator leaves alone. */
    private boolean overrides(Score score) {
        return score.value() <= Score.MINUS_INFINITY && overridden.contains(score.ruleName())
                && request.filter(it -> it.site().equals(score.site())).isPresent();
    }

    private static String named(String reason, String rule) {
        return rule.isEmpty() ? reason : reason + " (Rule \"" + rule + "\".)";
    }

    /** What forbids a site: its loss first. */
    private List<String> forbidding(String site) {
        return forbidding(site, false);
    }

    private List<String> forbidding(String site, boolean named) {
        Stream<String> lost = only(verdicts, SiteLost.class)
                .filter(verdict -> verdict.site().equals(site)).map(SiteLost::reason);
        Stream<String> scored = scores(site)
                .filter(score -> score.value() <= Score.MINUS_INFINITY && !overrides(score))
                .map(score -> named ? named(score.reason(), score.ruleName()) : score.reason());
        return Stream.concat(lost, scored).distinct().toList();
    }

    private Stream<Score> scores(String site) {
        return only(verdicts, Score.class).filter(
                score -> score.service().equals(service) && score.site().equals(site));
    }

    private Decision decision(Kind kind, String to, List<String> reasons) {
        return new Decision(service, kind, holder, to, reasons);
    }

    private static <T> Stream<T> only(Collection<?> all, Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast);
    }
}
