package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.testing.TestBroker;
import dev.longtail.trials.publishing.TrialPublisher;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Kafka with TLS and passwords, from the publisher to the job to the reader. */
@ExtendWith(TestedSystem.Shared.class)
class SecuredKafkaITCase {

    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    @TempDir Path dir;

    @Test
    void countsOverSaslSslWithTheSecretInAFile(TestedSystem system) throws Exception {
        BrokerCertificate certificate = BrokerCertificate.in(dir, "keystore-secret");
        try (TestBroker broker = TestBroker.startSecured(dir, listener(certificate))) {
            Properties client = client(broker, certificate, "trial-secret");
            Properties stranger = client(broker, certificate, "guessed-secret");
            List<String> arguments = arguments(broker, client, "client.properties");
            List<String> wrong = arguments(broker, stranger, "stranger.properties");
            Load load = Load.of("secured", 300);
            try (ExperimentKafka kafka = new ExperimentKafka(client);
                    CountedJob job = new CountedJob(system, kafka, arguments, load, 2);
                    DashboardProcess dashboard =
                            new DashboardProcess(system, "secured", arguments)) {
                job.start(2);
                publish(client, load, job);
                job.assertExact();
                await().atMost(CountedJob.PATIENCE)
                        .until(() -> dashboard.phase(load.experiment()).equals("live"));
                assertThat(ask(system, arguments)).isEqualTo(new Ended(0, true));
                assertThat(ask(system, wrong)).isEqualTo(new Ended(1, false));
                assertThat(system.dir.resolve("query.log"))
                        .content()
                        .containsIgnoringCase("authentication failed");
                assertStrangersAreRefused(stranger);
            }
            assertNoSecretsIn(system.dir);
        }
    }

    /** How a command ended, and whether it told an estimate. */
    private record Ended(int exitCode, boolean hasEstimate) {}

    /** Asks the job for an estimate, in a process of its own as a person does. */
    private static Ended ask(TestedSystem system, List<String> kafkaArguments) throws IOException {
        Path log = system.dir.resolve("query.log");
        Files.deleteIfExists(log);
        List<String> arguments =
                new ArrayList<>(List.of("query", "mem", "7", "--experiment=secured", "--json"));
        arguments.addAll(kafkaArguments);
        try (OsProcess query =
                OsProcess.start(
                        log,
                        OsProcess.productClassPath(),
                        List.of("-Xmx128m"),
                        "dev.longtail.cli.Longtail",
                        arguments)) {
            return new Ended(query.awaitExit(), query.log().contains("300"));
        }
    }

    private List<String> arguments(TestBroker broker, Properties client, String file)
            throws IOException {
        Path path = dir.resolve(file);
        try (Writer writer = Files.newBufferedWriter(path)) {
            client.store(writer, null);
        }
        return List.of("--bootstrap-servers=" + broker.securedServers(), "--kafka-config=" + path);
    }

    private static void assertNoSecretsIn(Path logs) throws IOException {
        try (var files = Files.list(logs)) {
            for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
                assertThat(Files.readString(log))
                        .as(log.toString())
                        .doesNotContain("trial-secret", "guessed-secret", "keystore-secret");
            }
        }
    }

    private static Map<String, String> listener(BrokerCertificate certificate) {
        return Map.of(
                "sasl.enabled.mechanisms",
                "PLAIN",
                "plain.sasl.jaas.config",
                LOGIN + "user_trainer=\"trial-secret\";",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                certificate.keyStore().toString(),
                "ssl.keystore.password",
                certificate.password());
    }

    private static Properties client(
            TestBroker broker, BrokerCertificate certificate, String password) {
        Properties client = new Properties();
        client.put("bootstrap.servers", broker.securedServers());
        client.put("security.protocol", "SASL_SSL");
        client.put("sasl.mechanism", "PLAIN");
        client.put(
                "sasl.jaas.config",
                LOGIN + "username=\"trainer\" password=\"%s\";".formatted(password));
        client.put("ssl.truststore.type", "PKCS12");
        client.put("ssl.truststore.location", certificate.trustStore().toString());
        client.put("ssl.truststore.password", certificate.password());
        return client;
    }

    private static void assertStrangersAreRefused(Properties stranger) {
        assertThatThrownBy(
                        () -> {
                            try (Admin admin = Admin.create(stranger)) {
                                admin.listTopics().names().get();
                            }
                        })
                .hasCauseInstanceOf(SaslAuthenticationException.class);
    }

    private static void publish(Properties client, Load load, CountedJob job) {
        try (TrialPublisher publisher =
                new TrialPublisher(
                        client,
                        ExperimentTopics.of(load.experiment()),
                        load.trainSize(),
                        load.testSize())) {
            for (int k = 0; k < load.count(); k++) {
                publisher.publish(job.trials().trial(k));
            }
        }
    }
}
