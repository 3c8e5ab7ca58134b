package io.siteswap.monitor.config;

import io.siteswap.monitor.config.Located.Place;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Loads and checks the cluster's one configuration file. */
public final class ConfigFile {

    /** Far beyond any sensible file; stops a wrong path (a disk image, a log) early. */
    private static final long MAX_BYTES = 4_000_000;

    private ConfigFile() {
    }

    /** What came of a file. */
    public sealed interface Result {
    }

    /** @param warnings sorted; the file is usable nevertheless */
    public record Loaded(ClusterConfig config, List<Problem> warnings) implements Result {
        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }

    /** @param problems sorted, never empty */
    public record Invalid(List<Problem> problems) implements Result {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /** Reads the file; relative rule and password files are looked up beside it. */
    public static Result load(Path path) {
        try {
            if (Files.size(path) > MAX_BYTES) {
                return unreadable(path, "larger than " + MAX_BYTES + " bytes, not a siteswap.yaml");
            }
            Path folder = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
            return parse(path.toString(), Files.readString(path), folder);
        } catch (NoSuchFileException e) {
            return unreadable(path, "no such file");
        } catch (CharacterCodingException e) {
            return unreadable(path, "not a text file in UTF-8");
        } catch (IOException e) {
            return unreadable(path, Files.isDirectory(path)
                    ? "a folder, not a file"
                    : "cannot be read (check its permissions)");
        }
    }

    private static Result unreadable(Path path, String why) {
        return new Invalid(List.of(new Problem(path.toString(), 0, 0, why)));
    }

    private static List<String> unsafe(Collection<Problem> warnings) {
        return warnings.stream().map(Problem::message)
                .filter(m -> m.startsWith(CrossCheck.UNSAFE))
                .map(m -> m.substring(CrossCheck.UNSAFE.length())).toList();
    }

    static Result parse(String name, String text, Path folder) {
        var problems = new TreeSet<Problem>();
        var warnings = new TreeSet<Problem>();
        BiConsumer<Place, String> bad = (at, message) -> problems
                .add(new Problem(name, at.line(), at.column(), message));
        BiConsumer<Place, String> doubtful = (at, message) -> warnings
                .add(new Problem(name, at.line(), at.column(), message));
        Optional<Located> file = YamlReader.read(text, bad);
        file.ifPresent(f -> {
            new SchemaCheck().check(f, bad);
            new CrossCheck(f, bad, doubtful).check();
        });
        if (file.isPresent() && problems.isEmpty()) {
            ClusterConfig config = new Binder(file.get(), folder, bad)
                    .bind(unsafe(warnings));
            if (problems.isEmpty()) {
                return new Loaded(config, new ArrayList<>(warnings));
            }
        }
        return new Invalid(new ArrayList<>(problems));
    }
}
