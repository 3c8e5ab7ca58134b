package io.siteswap.bgp.rib;

import io.siteswap.bgp.rib.AdjRibIn.Routes;
import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** The columns of all neighbours and the choice among them, kept consistent with each other. */
final class RouteStore {

    final PathTable paths;
    final LookingGlass glass;
    final List<AdjRibIn> neighbors = new ArrayList<>();
    private final LocTable four = new LocTable(Family.IPV4_UNICAST);
    private final LocTable six = new LocTable(Family.IPV6_UNICAST);
    private final Contest contest = new Contest();

    RouteStore(PathTable paths) {
        this.paths = paths;
        this.glass = new LookingGlass(paths);
    }

    LocTable table(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> four;
            case IPV6_UNICAST -> six;
        };
    }

    /**
     * A neighbour announces a path to a prefix.
     *
     * @param marks of {@link AdjRibIn}
     * @return false: it has too many paths to this prefix
     */
    boolean put(AdjRibIn neighbor, LocTable table, Routes routes, int id, int identifier,
            int path, int marks) {
        int k = routes.column(id, identifier);
        int before = k < 0 ? 0 : routes.columns.get(k).get(id);
        if (before == (path | marks)) {
            return true;
        }
        if (before == 0) {
            k = routes.room(id, identifier);
            if (k < 0) {
                table.releaseIfUnused(id);
                return false;
            }
            routes.size++;
            table.addCandidate(id);
        }
        paths.retain(path);
        routes.columns.get(k).set(id, path | marks);
        if (table.candidates(id) == 1 && (marks & AdjRibIn.INVALID) == 0) {
            table.elect(id, number(neighbor, k), path);
        } else {
            choose(table, id);
        }
        if (before != 0) {
            paths.release(before & AdjRibIn.PATH);
        }
        return true;
    }

    /** It is the neighbour's no more; nothing happens if it never was. */
    void remove(LocTable table, Routes routes, int id, int identifier) {
        int k = routes.column(id, identifier);
        if (k >= 0 && routes.columns.get(k).get(id) != 0) {
            removeAt(table, routes, id, k);
        }
    }

    void removeAt(LocTable table, Routes routes, int id, int k) {
        int path = routes.columns.get(k).get(id) & AdjRibIn.PATH;
        routes.columns.get(k).set(id, 0);
        routes.size--;
        table.removeCandidate(id);
        if (table.candidates(id) == 0) {
            table.elect(id, 0, 0);
        } else {
            choose(table, id);
        }
        paths.release(path);
        table.releaseIfUnused(id);
    }

    /** Another path or other marks in the place of those that are there. */
    void replaceAt(LocTable table, Routes routes, int id, int k, int entry) {
        int before = routes.columns.get(k).get(id);
        paths.retain(entry & AdjRibIn.PATH);
        routes.columns.get(k).set(id, entry);
        choose(table, id);
        paths.release(before & AdjRibIn.PATH);
    }

    void choose(LocTable table, int id) {
        fill(table, id);
        if (contest.size == 0) {
            table.elect(id, 0, 0);
            return;
        }
        int number = contest.number[BestPath.choose(contest)];
        AdjRibIn neighbor = neighbors.get((number - 1) / AdjRibIn.MAX_PATHS);
        Routes routes = neighbor.routes(table.family);
        int entry = routes.columns.get((number - 1) % AdjRibIn.MAX_PATHS).get(id);
        table.elect(id, number, entry & AdjRibIn.PATH);
    }

    private void fill(LocTable table, int id) {
        contest.clear();
        int left = table.candidates(id);
        for (int n = 0; n < neighbors.size() && left > 0; n++) {
            AdjRibIn neighbor = neighbors.get(n);
            List<Column> columns = neighbor.routes(table.family).columns;
            for (int k = 0; k < columns.size(); k++) {
                int entry = columns.get(k).get(id);
                left -= entry == 0 ? 0 : 1;
                if (entry != 0 && (entry & AdjRibIn.INVALID) == 0) {
                    contest.add(number(neighbor, k), neighbor.source, paths,
                            entry & AdjRibIn.PATH);
                }
            }
        }
    }

    private static int number(AdjRibIn neighbor, int k) {
        return neighbor.index * AdjRibIn.MAX_PATHS + k + 1;
    }

    /** The neighbour that the best route of a prefix is from; there is one. */
    AdjRibIn bestNeighbor(LocTable table, int id) {
        return neighbors.get((table.best.get(id) - 1) / AdjRibIn.MAX_PATHS);
    }

    /** In words; empty when nothing is usable. */
    Optional<Choice> explain(LocTable table, int id) {
        fill(table, id);
        if (contest.size == 0) {
            return Optional.empty();
        }
        Prefix prefix = table.index.prefix(id);
        List<Route> routes = new ArrayList<>();
        HashMap<Integer, Attributes> decoded = new HashMap<>();
        for (int i = 0; i < contest.size; i++) {
            int number = contest.number[i] - 1;
            AdjRibIn neighbor = neighbors.get(number / AdjRibIn.MAX_PATHS);
            int path = neighbor.routes(table.family).columns.get(number % AdjRibIn.MAX_PATHS)
                    .get(id) & AdjRibIn.PATH;
            routes.add(new Route(prefix, neighbor.source,
                    decoded.computeIfAbsent(path, paths::attributes)));
        }
        return Optional.of(BestPath.choice(routes, contest, BestPath.choose(contest)));
    }
}
