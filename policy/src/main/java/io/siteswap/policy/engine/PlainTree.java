package io.siteswap.policy.engine;

import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * The second lock: what Drools' own parser made of a file holds nothing but plain rules over
 * patterns. Guards against text that two grammars might read differently.
 */
final class PlainTree {

    private PlainTree() {
    }

    static boolean isPlain(PackageDescr tree) {
        return tree.getImports().isEmpty() && tree.getFunctionImports().isEmpty()
                && tree.getAccumulateImports().isEmpty() && tree.getGlobals().isEmpty()
                && tree.getFunctions().isEmpty() && tree.getTypeDeclarations().isEmpty()
                && tree.getEnumDeclarations().isEmpty()
                && tree.getEntryPointDeclarations().isEmpty()
                && tree.getWindowDeclarations().isEmpty() && tree.getAttributes().isEmpty()
                && tree.getRules().stream().allMatch(PlainTree::isPlain);
    }

    private static boolean isPlain(RuleDescr rule) {
        return rule.isRule() && !rule.hasParent() && rule.getAttributes().isEmpty()
                && rule.getNamedConsequences().isEmpty() && rule.getAnnotations().isEmpty()
                && plainCondition(rule.getLhs());
    }

    private static boolean plainCondition(BaseDescr condition) {
        return switch (condition) {
            case PatternDescr pattern -> pattern.getSource() == null
                    && pattern.getBehaviors().isEmpty() && pattern.getAnnotations().isEmpty()
                    && pattern.getDescrs().stream()
                            .allMatch(each -> each instanceof ExprConstraintDescr);
            case AndDescr and -> plainParts(and);
            case NotDescr not -> plainParts(not);
            case ExistsDescr exists -> plainParts(exists);
            default -> false;
        };
    }

    private static boolean plainParts(ConditionalElementDescr element) {
        return element.getDescrs().stream().allMatch(PlainTree::plainCondition);
    }
}
