package dev.longtail.benchmarks.counting;

import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Questions about random pairs and random training examples, both at the same time. */
final class QueryLoads {

    private final QueryLoad pairs;
    private final QueryLoad examples;
    private final boolean hasPairs;
    private final List<Future<?>> running = new ArrayList<>();

    QueryLoads(Scenario scenario, EstimateReader reader, long pauseMillis) {
        this.hasPairs = scenario.pairs().equals("all");
        this.pairs =
                new QueryLoad(
                        (asked, random) ->
                                asked.influence(
                                        random.nextInt(scenario.train()),
                                        random.nextInt(scenario.test())),
                        reader,
                        pauseMillis);
        this.examples =
                new QueryLoad(
                        (asked, random) -> asked.memorization(random.nextInt(scenario.train())),
                        reader,
                        pauseMillis);
    }

    /** Asks what does not count: the first answers take long. */
    void warmUp(int questions) throws EstimateUnavailableException {
        if (hasPairs) {
            pairs.warmUp(questions);
        }
        examples.warmUp(questions);
    }

    void start(ExecutorService threads) {
        if (hasPairs) {
            running.add(threads.submit(pairs));
        }
        running.add(threads.submit(examples));
    }

    /** Stops and waits for the last answers. */
    void stop() throws IOException, InterruptedException {
        pairs.stop();
        examples.stop();
        for (Future<?> load : running) {
            try {
                load.get();
            } catch (ExecutionException e) {
                throw new IOException("asking for estimates failed", e.getCause());
            }
        }
    }

    /** Times of answers about pairs; null where none was asked for. */
    Times pairTimes() {
        return pairs.times();
    }

    /** Times of answers about training examples. */
    Times exampleTimes() {
        return examples.times();
    }

    /** Questions without an answer. */
    int unanswered() {
        return pairs.unanswered() + examples.unanswered();
    }
}
