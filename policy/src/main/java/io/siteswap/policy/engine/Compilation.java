package io.siteswap.policy.engine;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.facts.Rung;
import io.siteswap.policy.verdicts.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.GlobalDescr;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.kie.api.KieBase;
import org.kie.api.io.ResourceType;
import org.kie.internal.builder.KnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.builder.conf.LanguageLevelOption;
import org.kie.internal.io.ResourceFactory;

/** Rule files to a knowledge base. */
final class Compilation {

    private final List<RuleSource> sources;
    private final List<Problem> problems = new ArrayList<>();

    Compilation(List<RuleSource> sources, List<String> ladder) {
        this.sources = List.copyOf(sources);
    }

    KieBase compile() {
        List<PackageDescr> packages = new ArrayList<>();
        for (RuleSource source : sources) {
            packages.add(parse(source));
        }
        if (!problems.isEmpty()) {
            throw new BadRules(problems);
        }
        List<RuleDescr> rules = packages.stream().flatMap(p -> p.getRules().stream()).toList();
        List<Strata.Dependencies> dependencies = rules.stream().map(Compilation::dependencies)
                .toList();
        Strata strata = Strata.of(dependencies).orElseThrow();
        for (int i = 0; i < rules.size(); i++) {
            int level = strata.level(dependencies.get(i));
            rules.get(i).addAttribute(
                    new AttributeDescr("salience", String.valueOf(-level)));
        }
        KnowledgeBuilder builder = KnowledgeBuilderFactory.newKnowledgeBuilder();
        packages.forEach(p -> builder.add(ResourceFactory.newDescrResource(p),
                ResourceType.DESCR));
        if (builder.hasErrors()) {
            throw new IllegalStateException(builder.getErrors().toString());
        }
        return builder.newKieBase();
    }

    private PackageDescr parse(RuleSource source) {
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL10);
        try {
            PackageDescr parsed = parser.parse(false, source.text());
            if (parser.hasErrors() || parsed == null) {
                parser.getErrors().forEach(error -> problems.add(new Problem(source.file(),
                        error.getLines().length > 0 ? error.getLines()[0] : 0, 1,
                        error.getMessage())));
                return new PackageDescr();
            }
            vocabulary(parsed);
            return parsed;
        } catch (DroolsParserException e) {
            problems.add(new Problem(source.file(), 0, 0, String.valueOf(e.getMessage())));
            return new PackageDescr();
        }
    }

    private static void vocabulary(PackageDescr parsed) {
        Stream.of(Stream.of(Fact.class.getPermittedSubclasses()),
                Stream.of(Verdict.class.getPermittedSubclasses()),
                Stream.of(Health.class, Rung.class)).flatMap(types -> types)
                .forEach(type -> parsed
                        .addImport(new ImportDescr(String.valueOf(type.getCanonicalName()))));
        parsed.addGlobal(new GlobalDescr("say", Say.class.getName()));
    }

    private static final Pattern SAYS = Pattern.compile("say\\.(\\w+)");

    private static Strata.Dependencies dependencies(RuleDescr rule) {
        Set<String> says = new HashSet<>();
        Matcher matcher = SAYS.matcher(String.valueOf(rule.getConsequence()));
        while (matcher.find()) {
            String verb = matcher.group(1);
            says.add(verb.equals("lost") ? "SiteLost"
                    : Character.toUpperCase(verb.charAt(0)) + verb.substring(1));
        }
        Set<String> reads = new HashSet<>();
        Set<String> denies = new HashSet<>();
        collect(rule.getLhs(), false, reads, denies);
        return new Strata.Dependencies(says, reads, denies);
    }

    private static void collect(BaseDescr descr, boolean denied, Set<String> reads,
            Set<String> denies) {
        if (descr instanceof PatternDescr pattern) {
            (denied ? denies : reads).add(pattern.getObjectType());
        } else if (descr instanceof ConditionalElementDescr element) {
            boolean inside = denied || descr instanceof NotDescr;
            for (Object child : element.getDescrs()) {
                collect((BaseDescr) child, inside, reads, denies);
            }
        }
    }
}
