package dev.longtail.trials.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names a model by its files. */
final class Fingerprint {

    private static final int SHOWN_DIGITS = 16;

    private Fingerprint() {}

    /**
     * The first 16 hexadecimal digits of SHA-256 over the files' relative names and contents.
     *
     * @throws ModelException when a file cannot be read
     */
    static String of(List<Path> files, Path directory) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files.stream().sorted().toList()) {
                String name = directory.relativize(file).toString();
                digest.update((name + '\n').getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN_DIGITS);
        } catch (IOException e) {
            throw new ModelException(
                    "cannot read the model in %s: %s"
                            .formatted(directory.toAbsolutePath(), e.getMessage()),
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
