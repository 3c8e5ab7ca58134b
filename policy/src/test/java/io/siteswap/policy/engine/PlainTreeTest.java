package io.siteswap.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** The second lock holds by itself, without the grammar in front of it. */
class PlainTreeTest {

    @Test
    void aPlainRuleIsPlain() throws DroolsParserException {
        assertEquals(true, PlainTree.isPlain(parse("""
                rule "r" when A() not B() exists (C() and not D()) then x(); end""")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "import java.io.File rule \"r\" when A() then x(); end",
            "import function java.lang.System.exit; rule \"r\" when A() then x(); end",
            "global java.lang.Runtime run; rule \"r\" when A() then x(); end",
            "function void f() { } rule \"r\" when A() then x(); end",
            "declare B n : String end rule \"r\" when A() then x(); end",
            "query q A() end", "dialect \"mvel\" rule \"r\" when A() then x(); end",
            "rule \"r\" dialect \"mvel\" when A() then x(); end",
            "rule \"r\" salience 3 when A() then x(); end",
            "rule \"r\" extends \"s\" when A() then x(); end",
            "rule \"r\" when eval(true) then x(); end",
            "rule \"r\" when not (A() and eval(true)) then x(); end",
            "rule \"r\" when A() from b then x(); end",
            "rule \"r\" when A() over window:length(1) then x(); end",
            "rule \"r\" when A() or B() then x(); end",
            "rule \"r\" when forall(A() B()) then x(); end",
            "rule \"r\" when accumulate(A(); $n : count(1)) then x(); end",
            "rule \"r\" when A() do[t] then x(); then[t] y(); end"})
    void anythingElseIsNot(String text) throws DroolsParserException {
        assertFalse(PlainTree.isPlain(parse(text)), text);
    }

    private static PackageDescr parse(String text) throws DroolsParserException {
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL10);
        PackageDescr tree = parser.parse(false, text);
        assertEquals("[]", parser.getErrors().toString());
        return tree;
    }
}
