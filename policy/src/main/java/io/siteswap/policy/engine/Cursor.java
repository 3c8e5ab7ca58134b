package io.siteswap.policy.engine;

import java.util.List;

/** A place in a file's tokens. */
final class Cursor {

    private final List<Token> tokens;
    private int at;

    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    boolean takeIf(String word) {
        boolean found = peek().is(word);
        if (found) {
            take();
        }
        return found;
    }

    Token expect(String word, String why) throws Malformed {
        if (!peek().is(word)) {
            throw new Malformed(peek(), "expected '" + word + "'" + why + ", found "
                    + peek().shown());
        }
        return take();
    }

    Token expect(Token.Kind kind, String what) throws Malformed {
        if (peek().kind() != kind) {
            throw new Malformed(peek(), "expected " + what + ", found " + peek().shown());
        }
        return take();
    }
}
