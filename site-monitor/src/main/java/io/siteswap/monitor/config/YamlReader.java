package io.siteswap.monitor.config;

import io.siteswap.monitor.config.Located.Field;
import io.siteswap.monitor.config.Located.Place;
import io.siteswap.monitor.config.Located.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML text to {@link Located}: reports syntax errors, duplicate keys and recursive aliases. */
final class YamlReader {

    /** Ours has six levels; more is a mistake or an attack by nested aliases. */
    private static final int MAX_DEPTH = 20;
    /** Aliases that multiply each other reach this long before memory is short. */
    private static final int MAX_NODES = 100_000;

    private final BiConsumer<Place, String> problems;
    private int nodes;

    private YamlReader(BiConsumer<Place, String> problems) {
        this.problems = problems;
    }

    /** Empty after an error that leaves nothing to look at; the problem has been reported. */
    static Optional<Located> read(String text, BiConsumer<Place, String> problems) {
        Place start = new Place(1, 1);
        try {
            LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(true).build();
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.accept(start, "the file is empty");
                return Optional.empty();
            }
            return Optional.of(new YamlReader(problems).locate(root.get(), 0));
        } catch (MarkedYamlEngineException e) {
            Place at = e.getProblemMark().or(e::getContextMark).map(YamlReader::place)
                    .orElse(start);
            problems.accept(at, "not valid YAML: " + syntax(e));
        } catch (TooLarge e) {
            problems.accept(e.at, "nested too deeply or too large");
        } catch (YamlEngineException e) {
            problems.accept(start, "not valid YAML: " + oneLine(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private Located locate(Node node, int depth) {
        Place at = node.getStartMark().map(YamlReader::place).orElse(new Place(1, 1));
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            throw new TooLarge(at);
        }
        return switch (node) {
            case ScalarNode scalar -> new Scalar(at, scalar.getValue(), type(scalar));
            case SequenceNode list -> items(at, list, depth);
            case MappingNode map -> fields(at, map, depth);
            default -> throw new TooLarge(at);
        };
    }

    private Located items(Place at, SequenceNode list, int depth) {
        List<Located> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            items.add(locate(item, depth + 1));
        }
        return new Located.Items(at, items);
    }

    private Located fields(Place at, MappingNode map, int depth) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            Place key = tuple.getKeyNode().getStartMark().map(YamlReader::place).orElse(at);
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.accept(key, "a key must be a plain word");
                continue;
            }
            Located value = locate(tuple.getValueNode(), depth + 1);
            Field earlier = fields.putIfAbsent(name.getValue(), new Field(key, value));
            if (earlier != null) {
                problems.accept(key, "key '" + name.getValue() + "' is here twice (first in line "
                        + earlier.key().line() + ")");
            }
        }
        return new Located.Fields(at, fields);
    }

    private static Scalar.Type type(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.INT)) {
            return Scalar.Type.INTEGER;
        } else if (tag.equals(Tag.FLOAT)) {
            return Scalar.Type.DECIMAL;
        } else if (tag.equals(Tag.BOOL)) {
            return Scalar.Type.BOOLEAN;
        } else if (tag.equals(Tag.NULL)) {
            return Scalar.Type.NULL;
        }
        return Scalar.Type.TEXT;
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String syntax(MarkedYamlEngineException e) {
        String problem = oneLine(String.valueOf(e.getProblem()));
        if (problem.contains("\\t")) {
            return "a tab is used here (expected spaces for indentation)";
        }
        String context = e.getContext();
        return context == null ? problem : problem + " " + oneLine(context);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static final class TooLarge extends RuntimeException {
        private final transient Place at;

        TooLarge(Place at) {
            super("too large", null, false, false);
            this.at = at;
        }
    }
}
