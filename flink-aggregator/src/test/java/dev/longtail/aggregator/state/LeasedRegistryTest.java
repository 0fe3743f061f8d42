package dev.longtail.aggregator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.folding.Questions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.queryablestate.KvStateID;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.query.KvStateRegistry;
import org.apache.flink.runtime.query.TaskKvStateRegistry;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.internal.InternalKvState;
import org.junit.jupiter.api.Test;

class LeasedRegistryTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Set<Thread.State> WAITS =
            Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final JobID job = new JobID();
    private final JobVertexID vertex = new JobVertexID();
    private final Published published = new Published();
    private final Questions questions = new Questions(System.nanoTime());
    private final TaskKvStateRegistry leased =
            new LeasedRegistry(
                            published.createTaskRegistry(job, vertex),
                            new AnsweringThreads(
                                    questions,
                                    thread -> true,
                                    Path.of("none"),
                                    Runnable::run,
                                    System::nanoTime))
                    .createTaskRegistry(job, vertex);

    /** Flink's registry, which here tells what was registered. */
    private static final class Published extends KvStateRegistry {

        private InternalKvState<Integer, Integer, Integer> state;
        private volatile int unregistered;

        @Override
        @SuppressWarnings("unchecked")
        public KvStateID registerKvState(
                JobID job,
                JobVertexID vertex,
                KeyGroupRange keyGroups,
                String name,
                InternalKvState<?, ?, ?> registered,
                ClassLoader classLoader) {
            state = (InternalKvState<Integer, Integer, Integer>) registered;
            return super.registerKvState(job, vertex, keyGroups, name, registered, classLoader);
        }

        @Override
        public void unregisterKvState(
                JobID job, JobVertexID vertex, KeyGroupRange keyGroups, String name, KvStateID id) {
            super.unregisterKvState(job, vertex, keyGroups, name, id);
            unregistered++;
        }

        byte[] read() throws Exception {
            return state.getSerializedValue(new byte[0], null, null, null);
        }
    }

    /** A state whose value is long under way. */
    private static final class SlowState implements InternalKvState<Integer, Integer, Integer> {

        private final CountDownLatch reading = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);

        @Override
        public byte[] getSerializedValue(
                byte[] keyAndNamespace,
                TypeSerializer<Integer> keySerializer,
                TypeSerializer<Integer> namespaceSerializer,
                TypeSerializer<Integer> valueSerializer)
                throws InterruptedException {
            reading.countDown();
            mayEnd.await();
            return new byte[] {7};
        }

        @Override
        public TypeSerializer<Integer> getKeySerializer() {
            return IntSerializer.INSTANCE;
        }

        @Override
        public TypeSerializer<Integer> getNamespaceSerializer() {
            return IntSerializer.INSTANCE;
        }

        @Override
        public TypeSerializer<Integer> getValueSerializer() {
            return IntSerializer.INSTANCE;
        }

        @Override
        public void setCurrentNamespace(Integer namespace) {}

        @Override
        public StateIncrementalVisitor<Integer, Integer, Integer> getStateIncrementalVisitor(
                int recommendedReturned) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void clear() {}
    }

    @Test
    void aTaskThatEndsWaitsForTheReadUnderWayAndLetsInNoMore() throws Exception {
        SlowState state = new SlowState();
        register("other", new SlowState());
        register("slow", state);
        FutureTask<byte[]> read = new FutureTask<>(published::read);
        new Thread(read, "reader").start();
        state.reading.await();
        assertThat(questions.askedLately(System.nanoTime())).as("told of the question").isTrue();
        Thread end = new Thread(leased::unregisterAll, "task");
        end.start();
        await().atMost(PATIENCE).until(() -> WAITS.contains(end.getState()));
        assertThat(published.unregistered).as("states unregistered").isEqualTo(2);
        assertThat(read).isNotDone();
        state.mayEnd.countDown();
        assertThat(read.get()).containsExactly(7);
        end.join();
        assertThatThrownBy(published::read).isInstanceOf(IOException.class);
    }

    private void register(String name, SlowState state) {
        leased.registerKvState(new KeyGroupRange(0, 1), name, state, getClass().getClassLoader());
    }
}
