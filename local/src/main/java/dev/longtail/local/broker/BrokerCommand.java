package dev.longtail.local.broker;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longtail broker}: the Kafka of a system on one machine. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a single-node Kafka (KRaft) for this machine until it is stopped.",
            "'demo' and 'up' start one by themselves; on its own it serves tests and producers of other languages."
        })
public final class BrokerCommand implements Callable<Integer> {

    @Mixin private BrokerSettings settings;

    @Override
    public Integer call() {
        KafkaBroker broker = KafkaBroker.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
        System.out.println("Kafka serves at 127.0.0.1:" + settings.port());
        broker.awaitShutdown();
        return 0;
    }
}
