package dev.longtail.aggregator.client;

import dev.longtail.aggregator.client.EstimateUnavailableException.Reason;
import dev.longtail.aggregator.folding.TileState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.queryablestate.client.QueryableStateClient;
import org.apache.flink.queryablestate.exceptions.UnknownKeyOrNamespaceException;
import org.apache.flink.util.ExceptionUtils;

/** Asks a TaskManager for tiles and says in our words why it does not answer. */
final class TileStateClient implements AutoCloseable {

    private final QueryableStateClient client;
    private final InetSocketAddress proxy;

    TileStateClient(InetSocketAddress proxy) {
        this.proxy = proxy;
        try {
            this.client = new QueryableStateClient(proxy.getHostString(), proxy.getPort());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "the host of the state proxy %s is unknown".formatted(proxy), e);
        }
    }

    /**
     * The bytes of some tiles or parts of them, asked for at the same time.
     *
     * @param keys numbers of tiles, or {@link dev.longtail.aggregator.folding.TileQuestion}s
     * @param type Flink's type of a key
     * @throws EstimateUnavailableException when one of them does not come within the time
     */
    <K> List<byte[]> tiles(JobID job, List<K> keys, TypeInformation<K> type, Duration timeout)
            throws EstimateUnavailableException {
        List<CompletableFuture<ValueState<byte[]>>> asked =
                keys.stream()
                        .map(
                                key ->
                                        client.getKvState(
                                                job,
                                                TileState.NAME,
                                                key,
                                                type,
                                                TileState.descriptor()))
                        .toList();
        CompletableFuture<Void> all =
                CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
        try {
            all.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return asked.stream().map(CompletableFuture::join).map(this::value).toList();
        } catch (TimeoutException e) {
            throw new EstimateUnavailableException(
                    Reason.STATE_NOT_READY,
                    "the state proxy %s gave no answer within %d ms"
                            .formatted(proxy, timeout.toMillis()),
                    e);
        } catch (ExecutionException e) {
            throw explained(e.getCause(), job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EstimateUnavailableException(
                    Reason.STATE_NOT_READY, "interrupted while waiting for an answer", e);
        }
    }

    private byte[] value(ValueState<byte[]> state) {
        try {
            return state.value();
        } catch (IOException e) {
            throw new IllegalStateException("a value that was received cannot be read", e);
        }
    }

    /** Flink passes most causes on as text only. */
    private EstimateUnavailableException explained(Throwable failure, JobID job) {
        String text = ExceptionUtils.stringifyException(failure);
        if (failure instanceof UnknownKeyOrNamespaceException
                || text.contains("UnknownKeyOrNamespaceException")) {
            return new EstimateUnavailableException(
                    Reason.NO_TRIALS, "no trials are counted yet", failure);
        }
        if (failure instanceof ConnectException
                || failure instanceof ClosedChannelException
                || text.contains("Connection refused")) {
            return new EstimateUnavailableException(
                    Reason.JOB_NOT_RUNNING,
                    "nobody answers at the state proxy %s: is the cluster up?".formatted(proxy),
                    failure);
        }
        if (text.contains("FlinkJobNotFoundException") || text.contains("JobNotFound")) {
            return new EstimateUnavailableException(
                    Reason.JOB_NOT_RUNNING,
                    "the job %s is not running on the cluster of %s".formatted(job, proxy),
                    failure);
        }
        return new EstimateUnavailableException(
                Reason.STATE_NOT_READY,
                "the state of the job %s cannot be read now: it is starting, being restored, or not running any more (%s)"
                        .formatted(job, firstLine(failure)),
                failure);
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines().findFirst().orElse(failure.toString());
    }

    @Override
    public void close() {
        // Not waited for: Flink's client takes a second to end its threads.
        client.shutdownAndHandle();
    }
}
