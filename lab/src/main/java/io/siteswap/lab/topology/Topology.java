package io.siteswap.lab.topology;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A containerlab topology: the part of the format that the lab uses (kinds, nodes, veth links in
 * their short form).
 *
 * @param name the lab's name; nodes are called {@code clab-NAME-NODE} from outside
 */
public record Topology(String name, Map<String, Node> nodes, List<Link> links) {

    public Topology {
        nodes = Map.copyOf(nodes);
        links = List.copyOf(links);
    }

    /**
     * @param command what the container runs
     * @param exec commands run, without a shell, when the links are there
     */
    public record Node(String name, String image, List<String> command,
            Map<String, String> sysctls, List<Bind> binds, List<List<String>> exec) {
        public Node {
            command = List.copyOf(command);
            sysctls = Map.copyOf(sysctls);
            binds = List.copyOf(binds);
            exec = List.copyOf(exec);
        }
    }

    /** A file or folder of the host, seen in the node at {@code target}. */
    public record Bind(Path source, String target, boolean readOnly) {
    }

    /** A cable between two ports. */
    public record Link(Port left, Port right) {
    }

    public record Port(String node, String device) {
    }

    /** What the node is called outside of itself: its container or network namespace. */
    public String outsideName(String node) {
        return "clab-" + name + "-" + node;
    }

    /** Nodes whose name starts with {@code site-}. */
    public List<String> nodesOf(String site) {
        return nodes.keySet().stream().filter(node -> node.startsWith(site + "-")).sorted()
                .toList();
    }

    /** @throws IOException with one sentence, when the file is not such a topology */
    public static Topology read(Path file) throws IOException {
        try {
            var root = new YAMLMapper().readTree(file);
            return new Reader(file.toAbsolutePath().resolveSibling("."), file).topology(root);
        } catch (JacksonException e) {
            throw new IOException(file + ": " + e.getOriginalMessage() + ".", e);
        }
    }

    /** Binds the tree; {@code folder} is where relative binds start. */
    private record Reader(Path folder, Path file) {

        Topology topology(JsonNode root) throws IOException {
            var body = root.path("topology");
            var nodes = new LinkedHashMap<String, Node>();
            for (var entry : body.path("nodes").properties()) {
                var kind = body.path("kinds").path(entry.getValue().path("kind").asString(""));
                nodes.put(entry.getKey(), node(entry.getKey(), entry.getValue(), kind));
            }
            var links = new ArrayList<Link>();
            for (var link : body.path("links")) {
                var ends = strings(link.path("endpoints"));
                if (ends.size() != 2) {
                    throw new IOException(file + ": a link needs two endpoints, found " + ends);
                }
                links.add(new Link(port(ends.get(0), nodes), port(ends.get(1), nodes)));
            }
            return new Topology(root.path("name").asString(""), nodes, links);
        }

        private Node node(String name, JsonNode own, JsonNode kind) {
            var image = own.path("image").asString(kind.path("image").asString(""));
            var sysctls = new LinkedHashMap<String, String>();
            own.path("sysctls").properties()
                    .forEach(entry -> sysctls.put(entry.getKey(), entry.getValue().asString()));
            return new Node(name, image, words(own.path("cmd").asString("")), sysctls,
                    strings(own.path("binds")).stream().map(this::bind).toList(),
                    strings(own.path("exec")).stream().map(Reader::words).toList());
        }

        private Bind bind(String text) {
            var parts = text.split(":", 3);
            return new Bind(folder.resolve(parts[0]).normalize(), parts[1],
                    parts.length > 2 && parts[2].equals("ro"));
        }

        private Port port(String text, Map<String, Node> nodes) throws IOException {
            var colon = text.indexOf(':');
            var node = colon < 0 ? text : text.substring(0, colon);
            if (colon < 0 || !nodes.containsKey(node)) {
                throw new IOException(file + ": link endpoint '" + text + "' names no node.");
            }
            return new Port(node, text.substring(colon + 1));
        }

        private static List<String> strings(JsonNode array) {
            return array.valueStream().map(JsonNode::asString).toList();
        }

        /** Splits as containerlab does: at blanks, quotes group, no shell. */
        private static List<String> words(String line) {
            var words = new ArrayList<String>();
            var word = new StringBuilder();
            var quote = ' ';
            for (var c : line.strip().toCharArray()) {
                if (quote != ' ' && c == quote) {
                    quote = ' ';
                } else if (quote == ' ' && (c == '"' || c == '\'')) {
                    quote = c;
                } else if (quote == ' ' && c == ' ') {
                    if (!word.isEmpty()) {
                        words.add(word.toString());
                    }
                    word.setLength(0);
                } else {
                    word.append(c);
                }
            }
            if (!word.isEmpty()) {
                words.add(word.toString());
            }
            return words;
        }
    }
}
