package io.siteswap.monitor.raft;

import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;

/**
 * Refuses what members say to somebody else. Ratis does not look to whom a request is: a member that
 * has come back without its log, at the old address, would vote and acknowledge in the name of the one
 * before.
 *
 * @param id of this member
 */
record Addressee(String id) implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
            ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            private boolean refused;

            @Override
            public void onMessage(Q message) {
                if (!refused && meant(message)) {
                    super.onMessage(message);
                } else if (!refused) {
                    refused = true;
                    call.close(Status.FAILED_PRECONDITION
                            .withDescription("here is " + id + ", and nobody else"),
                            new Metadata());
                }
            }

            @Override
            public void onHalfClose() {
                if (!refused) {
                    super.onHalfClose();
                }
            }
        };
    }

    private boolean meant(Object message) {
        return switch (message) {
            case AppendEntriesRequestProto it -> meant(it.getServerRequest());
            case RequestVoteRequestProto it -> meant(it.getServerRequest());
            case InstallSnapshotRequestProto it -> meant(it.getServerRequest());
            case StartLeaderElectionRequestProto it -> meant(it.getServerRequest());
            // Whoever asks as a client asks the node, whatever its id.
            default -> true;
        };
    }

    private boolean meant(RaftRpcRequestProto request) {
        return id.equals(request.getReplyId().toStringUtf8());
    }
}
