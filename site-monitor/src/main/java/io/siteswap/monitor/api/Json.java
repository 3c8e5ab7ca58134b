package io.siteswap.monitor.api;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.verdicts.Verdict;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the API speaks it. Facts and verdicts carry their kind under {@code "is"}. */
public final class Json {

    private static final JsonMapper MAPPER = mapper();

    private Json() {
    }

    /** Only record components are written, not methods that look like properties. */
    private static JsonMapper mapper() {
        return JsonMapper.builder().changeDefaultVisibility(v -> v
                .withVisibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                .withVisibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                .withVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)).build();
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static JsonNode tree(Fact fact) {
        return named(fact, fact.getClass().getSimpleName());
    }

    static JsonNode tree(Verdict verdict) {
        return named(verdict, verdict.getClass().getSimpleName());
    }

    private static JsonNode named(Object value, String name) {
        ObjectNode node = object();
        node.put("is", name);
        MAPPER.valueToTree(value).properties()
                .forEach(field -> node.set(field.getKey(), field.getValue()));
        return node;
    }

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** @throws JacksonException when it is not JSON */
    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }
}
