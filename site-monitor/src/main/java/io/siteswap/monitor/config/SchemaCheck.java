package io.siteswap.monitor.config;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.siteswap.monitor.config.Located.Place;
import io.siteswap.monitor.config.Located.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Checks a file against the shipped JSON Schema (draft 2020-12) and says where it differs. */
final class SchemaCheck {

    /** The shipped schema, on the class path. */
    static final String RESOURCE = "/siteswap.schema.json";

    private final Schema schema;
    private final JsonNode root;

    SchemaCheck() {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(), InputFormat.JSON);
        root = schema.getSchemaNode();
    }

    /** The schema's own text. */
    static String text() {
        try (InputStream in = SchemaCheck.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void check(Located file, BiConsumer<Place, String> problems) {
        for (Error error : schema.validate(json(file))) {
            report(file, error, problems);
        }
    }

    private void report(Located file, Error error, BiConsumer<Place, String> problems) {
        NodePath path = error.getInstanceLocation();
        Spot spot = spot(file, path);
        switch (String.valueOf(error.getKeyword())) {
            case "additionalProperties", "unevaluatedProperties" -> unknown(spot, error, problems);
            case "required" -> problems.accept(spot.key, "key '" + error.getProperty()
                    + "' is missing" + in(spot));
            case "propertyNames" -> name(spot, error, problems);
            case "if", "then", "allOf", "$ref" -> {
                // The failing keyword below these is reported on its own.
            }
            case String keyword -> problems.accept(spot.value.at(),
                    value(keyword, spot, error));
        }
    }

    private void unknown(Spot spot, Error error, BiConsumer<Place, String> problems) {
        String word = String.valueOf(error.getProperty());
        Place at = spot.value.field(word).map(Located.Field::key).orElse(spot.value.at());
        problems.accept(at, "unknown key '" + word + "'" + in(spot) + " ("
                + NearestWord.hint(word, properties(error)) + ")");
    }

    /** With propertyNames the validator names the parent; the bad name is the instance itself. */
    private void name(Spot spot, Error error, BiConsumer<Place, String> problems) {
        String word = error.getInstanceNode() == null ? "" : error.getInstanceNode().asString("");
        String bad = spot.value.fields().containsKey(word)
                ? word
                : String.valueOf(error.getProperty());
        Place at = spot.value.field(bad).map(Located.Field::key).orElse(spot.value.at());
        problems.accept(at, "'" + bad + "' is not usable as a name (expected "
                + root.at("/$defs/name/title").asString() + ")");
    }

    private String value(String keyword, Spot spot, Error error) {
        JsonNode rule = rule(error);
        String shown = shown(spot.value);
        return switch (keyword) {
            case "enum" -> shown + " is not valid" + at(spot) + " ("
                    + NearestWord.hint(plain(spot.value), words(rule.path("enum"))) + ")";
            case "minItems", "minProperties" -> "at least one entry is needed" + at(spot);
            case "uniqueItems" -> "an entry is here twice" + at(spot);
            case String any -> shown + " is not valid" + at(spot) + " (expected "
                    + rule.path("title").asString("something else: " + any) + ")";
        };
    }

    /** The schema object that holds the violated keyword. */
    private JsonNode rule(Error error) {
        NodePath fragment = error.getSchemaLocation().getFragment();
        JsonNode node = root;
        for (int i = 0; i < fragment.getNameCount() - 1; i++) {
            String step = String.valueOf(fragment.getElement(i));
            node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
        }
        return node;
    }

    private Collection<String> properties(Error error) {
        return rule(error).path("properties").propertyNames();
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asString()));
        return words;
    }

    private static String in(Spot spot) {
        return spot.name.isEmpty() ? "" : " in '" + spot.name + "'";
    }

    private static String at(Spot spot) {
        return spot.name.isEmpty() ? "" : " for '" + spot.name + "'";
    }

    private static String shown(Located value) {
        return switch (value) {
            case Scalar s when s.type() == Scalar.Type.NULL -> "nothing";
            case Scalar s -> "'" + s.text() + "'";
            case Located.Items _ -> "a list";
            case Located.Fields _ -> "a block of keys";
        };
    }

    private static String plain(Located value) {
        return value instanceof Scalar s ? s.text() : "";
    }

    /** @param name nearest key above; empty at the top */
    private record Spot(Place key, Located value, String name) {
    }

    private static Spot spot(Located file, NodePath path) {
        Spot spot = new Spot(file.at(), file, "");
        for (int i = 0; i < path.getNameCount(); i++) {
            spot = below(spot, String.valueOf(path.getElement(i)));
        }
        return spot;
    }

    private static Spot below(Spot spot, String step) {
        if (spot.value instanceof Located.Items list) {
            Located item = list.items().get(Integer.parseInt(step));
            return new Spot(item.at(), item, spot.name);
        }
        Optional<Located.Field> field = spot.value.field(step);
        return field.map(f -> new Spot(f.key(), f.value(), step)).orElse(spot);
    }

    private static JsonNode json(Located node) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (node) {
            case Scalar s -> scalar(make, s);
            case Located.Items list -> {
                ArrayNode array = make.arrayNode();
                list.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case Located.Fields block -> {
                ObjectNode object = make.objectNode();
                block.fields().forEach((name, field) -> object.set(name, json(field.value())));
                yield object;
            }
        };
    }

    private static JsonNode scalar(JsonNodeFactory make, Scalar s) {
        return switch (s.type()) {
            case TEXT -> make.stringNode(s.text());
            case BOOLEAN -> make.booleanNode(Boolean.parseBoolean(s.text()));
            case NULL -> make.nullNode();
            case INTEGER -> integer(s.text()).<JsonNode>map(make::numberNode)
                    .orElseGet(() -> make.stringNode(s.text()));
            case DECIMAL -> decimal(s.text()).<JsonNode>map(make::numberNode)
                    .orElseGet(() -> make.stringNode(s.text()));
        };
    }

    private static Optional<BigInteger> integer(String text) {
        // Octal and hexadecimal forms stay text: nobody means them in this file.
        return text.matches("[-+]?[0-9]{1,30}")
                ? Optional.of(new BigInteger(text))
                : Optional.empty();
    }

    private static Optional<BigDecimal> decimal(String text) {
        return text.matches("[-+]?[0-9]{1,30}(\\.[0-9]{1,30})?")
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }
}
