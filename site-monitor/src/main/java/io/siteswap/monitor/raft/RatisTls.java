package io.siteswap.monitor.raft;

import io.siteswap.monitor.tls.Identity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Members that prove who they are, both ways: whoever the cluster's authority knows. */
final class RatisTls {

    private static final Logger LOG = LoggerFactory.getLogger(RatisTls.class);
    private static final Duration SOON = Duration.ofDays(30);

    private RatisTls() {
    }

    /**
     * What this member proves itself with, if it does.
     *
     * @throws Storage.Unusable names a file
     */
    static Optional<Identity> identity(RaftSettings settings) throws Storage.Unusable {
        if (settings.tls().isEmpty()) {
            return Optional.empty();
        }
        Instant now = InstantSource.system().instant();
        try {
            Identity identity = Identity.read(settings.tls().get(), settings.node(), now);
            return Optional.of(identity);
        } catch (IOException e) {
            throw new Storage.Unusable(String.valueOf(e.getMessage()), e);
        }
    }

    /** To be called again and again: a monitor runs for months. */
    static void warn(RaftSettings settings, Identity identity) {
        if (identity.until().isBefore(InstantSource.system().instant().plus(SOON))) {
            LOG.warn("the certificates of {} are valid only until {}; 'siteswap certs' renews"
                    + " them, and a restart takes them", settings.node(), identity.until());
        }
    }

    static Parameters parameters(Optional<Identity> identity) {
        Parameters parameters = new Parameters();
        identity.ifPresent(it -> GrpcConfigKeys.TLS.setConf(parameters,
                new GrpcTlsConfig(it.key(), it.certificate(), it.authority(), true)));
        return parameters;
    }
}
