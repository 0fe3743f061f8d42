package dev.longtail.aggregator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.client.EstimateUnavailableException.Reason;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;

class FollowedJobTest {

    private static final InetSocketAddress NOBODY = new InetSocketAddress("127.0.0.1", 1);

    private final AtomicInteger looks = new AtomicInteger();

    private static JobConnection connection() {
        return new JobConnection(null, new JobID(), NOBODY, new TileStateClient(NOBODY));
    }

    @Test
    void looksOnceForAllWhoWait() throws Exception {
        JobConnection first = connection();
        JobConnection second = connection();
        try (FollowedJob job =
                new FollowedJob(
                        first,
                        before -> {
                            looks.incrementAndGet();
                            return second;
                        })) {
            ExecutorService readers = Executors.newFixedThreadPool(8);
            List<Future<JobConnection>> found = new ArrayList<>();
            for (int reader = 0; reader < 8; reader++) {
                Callable<JobConnection> waiting =
                        () -> {
                            job.lookAgain(first);
                            return job.connection();
                        };
                found.add(readers.submit(waiting));
            }
            for (Future<JobConnection> one : found) {
                assertThat(one.get()).isSameAs(second);
            }
            readers.shutdown();
            assertThat(looks).hasValue(1);
        }
    }

    @Test
    void looksAgainForAJobThatIsStillAwayButNotAtOnce() throws Exception {
        try (FollowedJob job =
                new FollowedJob(
                        connection(),
                        before -> {
                            looks.incrementAndGet();
                            return before;
                        })) {
            JobConnection asked = job.connection();
            long began = System.nanoTime();
            await().pollDelay(FollowedJob.LOOK_INTERVAL.dividedBy(50))
                    .pollInterval(FollowedJob.LOOK_INTERVAL.dividedBy(50))
                    .until(
                            () -> {
                                job.lookAgain(asked);
                                return looks.get() == 3;
                            });
            assertThat(System.nanoTime() - began)
                    .isGreaterThanOrEqualTo(2 * FollowedJob.LOOK_INTERVAL.toNanos());
            assertThat(job.connection()).isSameAs(asked);
        }
    }

    @Test
    void tellsAllWhyThereIsNoJob() {
        try (FollowedJob job =
                new FollowedJob(
                        connection(),
                        before -> {
                            throw new EstimateUnavailableException(
                                    Reason.JOB_NOT_RUNNING, "it has ended");
                        })) {
            for (int time = 0; time < 2; time++) {
                assertThatThrownBy(() -> job.lookAgain(job.connection()))
                        .isInstanceOfSatisfying(
                                EstimateUnavailableException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.JOB_NOT_RUNNING))
                        .hasMessage("it has ended");
            }
            assertThat(job.connection()).isNotNull();
        }
    }
}
