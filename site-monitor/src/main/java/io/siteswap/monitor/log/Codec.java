package io.siteswap.monitor.log;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.policy.facts.Fact;
import java.io.IOException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.node.ObjectNode;

/**
 * Commands, replies and states as JSON, for the log and its snapshots. Alternatives of a sealed
 * interface are told apart by the record's simple name under {@code "is"}.
 *
 * <p>Reading is strict: a replica that skipped what it does not know would differ from the others.
 */
public final class Codec {

    /** Grows when an older version of the program could misread what this one writes. */
    public static final int VERSION = 4;

    private static final List<Class<?>> SEALED = List.of(Command.class, Reply.class, Fact.class);
    private static final JsonMapper MAPPER = mapper();

    private Codec() {
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    private interface Named {
    }

    /** Only record components are written, not methods that look like properties. */
    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .changeDefaultVisibility(v -> v
                        .withVisibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                        .withVisibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                        .withVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY));
        for (Class<?> type : SEALED) {
            builder.addMixIn(type, Named.class);
            for (Class<?> alternative : type.getPermittedSubclasses()) {
                builder.registerSubtypes(
                        new NamedType(alternative, alternative.getSimpleName()));
            }
        }
        return builder.build();
    }

    private record Entry(int version, Command command) {
    }

    /**
     * A snapshot of the replicated state.
     *
     * @param cluster so that a folder moved between clusters is noticed
     */
    public record Snapshot(int version, String cluster, ClusterState state) {
    }

    public static byte[] command(Command command) {
        return MAPPER.writeValueAsBytes(new Entry(VERSION, command));
    }

    public static Command command(byte[] json) throws IOException {
        return read(json, Entry.class).command();
    }

    public static byte[] reply(Reply reply) {
        return MAPPER.writerFor(Reply.class).writeValueAsBytes(reply);
    }

    public static Reply reply(byte[] json) throws IOException {
        return read(json, Reply.class);
    }

    public static byte[] snapshot(String cluster, ClusterState state) {
        return MAPPER.writeValueAsBytes(new Snapshot(VERSION, cluster, state));
    }

    public static Snapshot snapshot(byte[] json) throws IOException {
        return read(json, Snapshot.class);
    }

    static JsonNode tree(Object part) {
        return MAPPER.valueToTree(part);
    }

    private static <T> T read(byte[] json, Class<T> type) throws IOException {
        try {
            JsonNode tree = MAPPER.readTree(json);
            // A reply carries no version: it goes from one running process to another.
            int version = tree.path("version").asInt(VERSION);
            if (version > VERSION) {
                throw new IOException("written by a newer version of Siteswap (format " + version
                        + ", this one reads up to " + VERSION + "); upgrade this node");
            }
            if (version < VERSION && tree instanceof ObjectNode old) {
                Upgrade.toCurrent(old);
            }
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw new IOException("not readable: " + e.getOriginalMessage(), e);
        }
    }
}
