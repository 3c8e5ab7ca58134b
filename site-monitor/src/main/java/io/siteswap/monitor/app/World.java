package io.siteswap.monitor.app;

import io.siteswap.monitor.action.Agents;
import io.siteswap.monitor.action.FenceDevices;
import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import io.siteswap.monitor.api.Bulletin;
import io.siteswap.monitor.api.Bulletins;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.failover.Effect;
import io.siteswap.monitor.failover.Event;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Log;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.monitor.quorum.Ticket.Phase;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries effects out and brings their ends back as events. No call blocks. */
final class World {

    private static final Logger LOG = LoggerFactory.getLogger(World.class);

    private final String node;
    private final String site;
    private final Log log;
    private final Agents agents;
    private final FenceDevices devices;
    private final Guarding guarding;
    private final Bulletins bulletins;
    private final Consumer<LongFunction<Event>> back;

    World(ClusterConfig config, ClusterConfig.Node self, Log log, Agents agents,
            Bulletins bulletins, Consumer<LongFunction<Event>> back) {
        this.node = self.name();
        this.site = self.site();
        this.log = log;
        this.agents = agents;
        this.bulletins = bulletins;
        this.back = back;
        this.devices = new FenceDevices(config);
        this.guarding = Guarding.start(config, self, back, this::tell);
    }

    Guarding guarding() {
        return guarding;
    }

    void carryOut(Effect effect, long now) {
        switch (effect) {
            case Effect.Propose propose -> propose(propose.command());
            case Effect.Renew _ -> renew(now);
            case Effect.Run run -> Thread.ofVirtual().name("step " + run.step().id())
                    .start(() -> run(run));
            case Effect.Fence fence -> Thread.ofVirtual().name("fence " + fence.service())
                    .start(() -> fence(fence));
            case Effect.PowerOff off -> Thread.ofVirtual().name("power off " + off.site())
                    .start(() -> powerOff(off));
            case Effect.Account account -> account(account, now);
            case Effect.Note note -> tell(note.kind(), note.service(), note.text());
        }
    }

    private void propose(Command command) {
        if (command instanceof Command.Nudge) {
            // The log carries commits to its followers by itself.
            return;
        }
        var _ = log.propose(command).whenComplete((_, failure) -> {
            if (failure != null) {
                back.accept(now -> new Event.NotProposed(now, command, why(failure)));
            }
        });
    }

    private void renew(long sent) {
        var _ = log.propose(new Command.Renew(site)).whenComplete((reply, failure) -> {
            if (failure != null) {
                back.accept(now -> new Event.NotRenewed(now, why(failure)));
                return;
            }
            switch (reply) {
                case Reply.Renewed renewed -> back.accept(
                        now -> new Event.Renewed(now, sent, renewed.epochs()));
                case Reply.Refused refused -> back.accept(
                        now -> new Event.NotRenewed(now, refused.reason()));
                case Reply.Done _ -> back.accept(
                        now -> new Event.NotRenewed(now, "the log did not understand"));
            }
        });
    }

    private void run(Effect.Run run) {
        String step = run.step().id();
        Ended ended = ended(() -> {
            if (run.step().activates()) {
                guarding.require(run.service(), run.epoch());
            }
            return agents.run(run.service(), run.epoch(), run.step());
        });
        back.accept(now -> new Event.StepOver(now, run.service(), run.epoch(), step, ended.ok,
                ended.detail));
    }

    private void fence(Effect.Fence fence) {
        Ended ended = ended(() -> agents.fence(fence.service(), fence.epoch()));
        back.accept(now -> new Event.Fenced(now, fence.service(), fence.epoch(), ended.ok,
                ended.detail));
    }

    private void powerOff(Effect.PowerOff off) {
        Ended ended = ended(() -> devices.powerOff(off.site(), () -> stillWanted(off)));
        back.accept(now -> new Event.PoweredOff(now, off.service(), off.site(), off.epoch(),
                ended.ok, ended.detail));
    }

    /** The site may have released the service while a device did not answer. */
    private boolean stillWanted(Effect.PowerOff off) {
        return log.state().service(off.service()).map(ServiceState::ticket)
                .filter(it -> it.phase() == Phase.REVOKING && it.epoch() == off.epoch())
                .isPresent();
    }

    /** Said again by the core until the log has it. */
    private void account(Effect.Account account, long now) {
        long at = System.currentTimeMillis() - (now - account.since()) / 1_000_000;
        var _ = log.propose(new Command.Served(account.service(), account.up(), account.cause(),
                at));
    }

    private record Ended(boolean ok, String detail) {
    }

    @FunctionalInterface
    private interface Act {
        String act() throws ActionFailed, InterruptedException;
    }

    /** Whatever happens, the core is told: a step without an end would block its transition. */
    private static Ended ended(Act act) {
        try {
            return new Ended(true, act.act());
        } catch (ActionFailed e) {
            return new Ended(false, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ended(false, "interrupted");
        } catch (RuntimeException e) {
            LOG.error("a step failed in an unforeseen way", e);
            return new Ended(false, "failed in an unforeseen way: " + e);
        }
    }

    /** One line for the log and the event stream. */
    void tell(Effect.Note.Kind kind, String service, String text) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        String about = service.isEmpty() ? "" : " " + service;
        switch (kind) {
            case ALARM, FENCE -> LOG.warn("{}{}: {}", name, about, text);
            case HEALTH, DECISION, TICKET, TRANSITION, STEP, STANCE, LEADER, MEMBERS -> LOG.info(
                    "{}{}: {}", name, about, text);
        }
        bulletins.publish(
                new Bulletin(System.currentTimeMillis(), node, name, service, text));
    }

    private static String why(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return cause instanceof TimeoutException
                ? "no majority in time"
                : String.valueOf(cause.getMessage());
    }
}
