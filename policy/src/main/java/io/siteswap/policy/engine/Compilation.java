package io.siteswap.policy.engine;

import io.siteswap.policy.engine.RuleReader.Rule;
import io.siteswap.policy.facts.Health;
import java.util.ArrayList;
import java.util.List;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.GlobalDescr;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.kie.api.KieBase;
import org.kie.api.io.ResourceType;
import org.kie.internal.builder.KnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.builder.conf.LanguageLevelOption;
import org.kie.internal.io.ResourceFactory;

/**
 * Rule files to a knowledge base. Each file passes our own grammar first; then Drools' parser must
 * see the same rules in it; and that very tree is what gets compiled.
 */
final class Compilation {

    /** One file, understood. */
    private record Unit(RuleSource source, List<Rule> rules) {
    }

    private final List<RuleSource> sources;
    private final Vocabulary vocabulary;
    private final List<Problem> problems = new ArrayList<>();

    Compilation(List<RuleSource> sources, List<String> ladder) {
        this.sources = List.copyOf(sources);
        this.vocabulary = Vocabulary.of(ladder);
    }

    /** @throws BadRules when a file is refused */
    KieBase compile() {
        List<Unit> units = sources.stream()
                .map(source -> new Unit(source, RuleReader.read(source, vocabulary, problems)))
                .toList();
        stopOnProblems();
        Strata strata = strata(units);
        List<PackageDescr> packages = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            packages.add(parse(units.get(i), "added.file" + i, strata));
        }
        stopOnProblems();
        KnowledgeBuilder builder = KnowledgeBuilderFactory.newKnowledgeBuilder();
        packages.forEach(each -> builder.add(ResourceFactory.newDescrResource(each),
                ResourceType.DESCR));
        builder.getErrors().forEach(error -> problems.add(new Problem("rules",
                error.getLines().length == 0 ? 0 : error.getLines()[0], 1,
                "the rule engine refuses this: " + error.getMessage())));
        stopOnProblems();
        return builder.newKieBase();
    }

    private void stopOnProblems() {
        if (!problems.isEmpty()) {
            throw new BadRules(problems);
        }
    }

    private Strata strata(List<Unit> units) {
        List<Strata.Dependencies> known = new ArrayList<>();
        for (Unit unit : units) {
            for (Rule rule : unit.rules()) {
                known.add(rule.dependencies());
                if (Strata.of(known).isEmpty()) {
                    problems.add(new Problem(unit.source().file(), rule.at().line(),
                            rule.at().column(), "the rule \"" + rule.name() + "\" depends on the"
                                    + " absence of a verdict that may follow from it"));
                    throw new BadRules(problems);
                }
            }
        }
        return Strata.of(known).orElseThrow();
    }

    /** Added files get packages of their own, so that none can replace a rule of another. */
    private PackageDescr parse(Unit unit, String packageName, Strata strata) {
        PackageDescr parsed = drools(unit.source());
        if (!unit.source().shipped()) {
            parsed.setName(packageName);
        }
        List<RuleDescr> rules = parsed.getRules();
        List<String> names = rules.stream().map(RuleDescr::getName).toList();
        if (!names.equals(unit.rules().stream().map(Rule::name).toList())
                || !PlainTree.isPlain(parsed)) {
            problems.add(new Problem(unit.source().file(), 0, 0,
                    "the rule engine understands this file in another way than it is checked;"
                            + " write it more simply"));
            return parsed;
        }
        for (int i = 0; i < rules.size(); i++) {
            int level = strata.level(unit.rules().get(i).dependencies());
            rules.get(i).addAttribute(new AttributeDescr("salience", String.valueOf(-level)));
        }
        Vocabulary.types().forEach(type -> addImport(parsed, type));
        addImport(parsed, Health.class);
        parsed.addGlobal(new GlobalDescr("say", Say.class.getName()));
        return parsed;
    }

    private static void addImport(PackageDescr parsed, Class<?> type) {
        parsed.addImport(new ImportDescr(String.valueOf(type.getCanonicalName())));
    }

    private PackageDescr drools(RuleSource source) {
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL10);
        try {
            PackageDescr parsed = parser.parse(false, source.text());
            for (DroolsError error : parser.getErrors()) {
                int[] lines = error.getLines();
                problems.add(new Problem(source.file(), lines.length == 0 ? 0 : lines[0], 1,
                        "the rule engine cannot read this: " + error.getMessage()));
            }
            return parsed == null ? new PackageDescr() : parsed;
        } catch (DroolsParserException e) {
            problems.add(new Problem(source.file(), 0, 0,
                    "the rule engine cannot read this file: " + e.getMessage()));
            return new PackageDescr();
        }
    }
}
