package dev.longtail.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate for 127.0.0.1 that nobody else knows, made by the JDK's keytool.
 *
 * @param keyStore the broker's, PKCS12
 * @param trustStore the clients', PKCS12
 * @param password of both
 */
record BrokerCertificate(Path keyStore, Path trustStore, String password) {

    static BrokerCertificate in(Path dir, String password) throws Exception {
        Path keyStore = dir.resolve("broker.p12");
        Path trustStore = dir.resolve("trusted.p12");
        Path certificate = dir.resolve("broker.crt");
        keytool(
                password,
                keyStore,
                List.of("-genkeypair", "-keyalg", "RSA", "-dname", "CN=127.0.0.1"),
                List.of("-ext", "san=ip:127.0.0.1"));
        keytool(
                password,
                keyStore,
                List.of("-exportcert", "-file", certificate.toString()),
                List.of());
        keytool(
                password,
                trustStore,
                List.of("-importcert", "-noprompt", "-file", certificate.toString()),
                List.of());
        return new BrokerCertificate(keyStore, trustStore, password);
    }

    private static void keytool(String password, Path store, List<String> what, List<String> more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(what);
        command.addAll(more);
        command.addAll(List.of("-alias", "broker", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", password));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool failed: " + what);
        }
    }
}
