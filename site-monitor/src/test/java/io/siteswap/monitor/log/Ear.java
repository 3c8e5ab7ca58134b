package io.siteswap.monitor.log;

import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Log;
import io.siteswap.monitor.quorum.Reply;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What one member was told. */
public final class Ear implements Log.Listener {

    public final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    public final BlockingQueue<Long> times = new LinkedBlockingQueue<>();
    public final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    public final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    public volatile boolean leading;

    @Override
    public void applied(Command command, Reply reply, ClusterState state) {
        if (!(command instanceof Command.Nudge)) {
            times.add(System.nanoTime());
            commands.add(command);
        }
    }

    @Override
    public void leadership(boolean now) {
        leading = now;
    }

    @Override
    public void failed(String why) {
        failures.add(why);
    }

    @Override
    public void members(String sentence) {
        news.add(sentence);
    }
}
