package io.siteswap.policy.tool;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Facts as text that an engineer can write: {@code Heartbeat from=dc2 to=dc1 health=DOWN}. Values
 * with spaces stand in double quotes.
 *
 * <p>A line begins with {@code add}, {@code drop} or {@code change}:
 * {@code change AppServer site=dc1 : health=DOWN} sets the health of all of dc1's servers. A line
 * that begins with the name of a fact adds it. {@code #} starts a comment.
 */
public final class FactLines {

    private static final Pattern FIELD = Pattern.compile("(\\w+)=(\"[^\"]*\"|[^\\s\"]+)");

    private final List<Fact> facts = new ArrayList<>();

    /** The facts after all lines so far, in the order of their first mention. */
    public List<Fact> facts() {
        return List.copyOf(facts);
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong with the line */
    public void accept(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        String[] words = text.split("\\s+", 2);
        String rest = words.length == 2 ? words[1] : "";
        switch (words[0]) {
            case "add" -> facts.add(parse(rest));
            case "drop" -> drop(rest);
            case "change" -> change(rest);
            default -> facts.add(parse(text));
        }
    }

    /** One fact in this format. */
    public static String text(Fact fact) {
        return fact.getClass().getSimpleName() + " " + values(fact).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + quoted(entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static Fact parse(String text) {
        Class<?> type = type(text);
        return build(type, fields(type, text));
    }

    private void drop(String text) {
        Class<?> type = type(text);
        Map<String, String> wanted = fields(type, text);
        if (!facts.removeIf(fact -> matches(fact, type, wanted))) {
            throw new IllegalArgumentException("nothing to drop: " + text);
        }
    }

    private void change(String text) {
        String[] parts = text.split("\\s:\\s", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("expected ' : ' and the new values in: " + text);
        }
        Class<?> type = type(text);
        Map<String, String> wanted = fields(type, parts[0]);
        Map<String, String> news = fields(type, parts[1]);
        if (facts.stream().noneMatch(fact -> matches(fact, type, wanted))) {
            throw new IllegalArgumentException("nothing to change: " + text);
        }
        facts.replaceAll(fact -> {
            if (!matches(fact, type, wanted)) {
                return fact;
            }
            Map<String, String> all = values(fact);
            all.putAll(news);
            return build(type, all);
        });
    }

    private static boolean matches(Fact fact, Class<?> type, Map<String, String> wanted) {
        return type.isInstance(fact) && values(fact).entrySet().containsAll(wanted.entrySet());
    }

    private static Class<?> type(String text) {
        String name = text.split("\\s+", 2)[0];
        return Arrays.stream(Fact.class.getPermittedSubclasses())
                .filter(type -> type.getSimpleName().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no fact '" + name
                        + "'; expected one of "
                        + Arrays.stream(Fact.class.getPermittedSubclasses())
                                .map(Class::getSimpleName).collect(Collectors.joining(", "))));
    }

    private static Map<String, String> fields(Class<?> type, String text) {
        List<String> names = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName).toList();
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher matcher = FIELD.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!names.contains(name)) {
                throw new IllegalArgumentException(type.getSimpleName() + " has no field '" + name
                        + "'; expected one of " + String.join(", ", names));
            }
            fields.put(name, matcher.group(2).replace("\"", ""));
        }
        return fields;
    }

    private static Map<String, String> values(Fact fact) {
        Map<String, String> values = new LinkedHashMap<>();
        for (RecordComponent component : fact.getClass().getRecordComponents()) {
            try {
                values.put(component.getName(),
                        String.valueOf(component.getAccessor().invoke(fact)));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("a fact's field cannot be read", e);
            }
        }
        return values;
    }

    private static Fact build(Class<?> type, Map<String, String> fields) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            String value = fields.get(components[i].getName());
            if (value == null) {
                throw new IllegalArgumentException(type.getSimpleName() + " lacks "
                        + components[i].getName() + "=...");
            }
            arguments[i] = value(types[i], value);
        }
        try {
            return (Fact) type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a fact cannot be built", e);
        }
    }

    private static Object value(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        try {
            return type == Health.class
                    ? Health.valueOf(text)
                    : type == boolean.class
                            ? truth(text)
                            : type == int.class
                                    ? (Object) Integer.valueOf(text)
                                    : Long.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a value for a field of type "
                    + type.getSimpleName(), e);
        }
    }

    private static Boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("expected true or false");
        }
        return Boolean.valueOf(text);
    }

    private static String quoted(String value) {
        return value.isEmpty() || value.contains(" ") ? '"' + value + '"' : value;
    }
}
