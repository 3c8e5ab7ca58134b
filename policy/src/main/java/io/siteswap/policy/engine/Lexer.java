package io.siteswap.policy.engine;

import io.siteswap.policy.engine.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits a rule file into tokens.
 *
 * <p>Refuses every backslash, even in a comment: Drools hands the consequence's text to a Java
 * compiler, where an escaped line end would let the rest of a comment become code.
 */
final class Lexer {

    private static final Set<String> PAIRS = Set.of("==", "!=", "<=", ">=", "&&", "||");
    private static final String SINGLES = "(){}[],.;:<>+-*/=!&|%?@#^~";

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> split(String text) throws Malformed {
        Lexer lexer = new Lexer(text);
        lexer.refuseEscapes();
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            lexer.skip();
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Kind.END);
        return tokens;
    }

    private void refuseEscapes() throws Malformed {
        int backslash = text.indexOf('\\');
        if (backslash >= 0) {
            String before = text.substring(0, backslash);
            int row = (int) before.chars().filter(c -> c == '\n').count() + 1;
            throw new Malformed(row, backslash - before.lastIndexOf('\n'),
                    "a rule file has no '\\' anywhere; write the character itself");
        }
    }

    private void skip() throws Malformed {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                advance();
            } else if (text.startsWith("//", at)) {
                while (at < text.length() && text.charAt(at) != '\n') {
                    advance();
                }
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new Malformed(line, column(), "this comment has no end; expected '*/'");
                }
                while (at < end + 2) {
                    advance();
                }
            } else {
                return;
            }
        }
    }

    private Token next() throws Malformed {
        if (at == text.length()) {
            return new Token(Kind.END, "", line, column());
        }
        char c = text.charAt(at);
        if (isWord(c)) {
            int end = at;
            while (end < text.length() && isWord(text.charAt(end))) {
                end++;
            }
            return take(c >= '0' && c <= '9' ? Kind.NUMBER : Kind.WORD, end - at);
        }
        if (c == '"') {
            return string();
        }
        if (at + 2 <= text.length() && PAIRS.contains(text.substring(at, at + 2))) {
            return take(Kind.SIGN, 2);
        }
        if (SINGLES.indexOf(c) >= 0) {
            return take(Kind.SIGN, 1);
        }
        throw new Malformed(line, column(), c == '\''
                ? "text stands between double quotes"
                : "the character '" + c + "' has no meaning outside of text and comments");
    }

    private Token string() throws Malformed {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
            end++;
        }
        if (end == text.length() || text.charAt(end) == '\n') {
            throw new Malformed(line, column(), "this text has no end; expected '\"' before the"
                    + " end of the line");
        }
        Token raw = take(Kind.STRING, end + 1 - at);
        return new Token(Kind.STRING, raw.text().substring(1, raw.text().length() - 1),
                raw.line(), raw.column());
    }

    private Token take(Kind kind, int length) {
        Token token = new Token(kind, text.substring(at, at + length), line, column());
        at += length;
        return token;
    }

    private void advance() {
        if (text.charAt(at) == '\n') {
            line++;
            lineStart = at + 1;
        }
        at++;
    }

    private int column() {
        return at - lineStart + 1;
    }

    // ASCII only: a letter that merely looks like another one must not name anything.
    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || c == '_' || c == '$';
    }
}
