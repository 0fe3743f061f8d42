package dev.longtail.trials.sampling;

import dev.longtail.trials.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpyFile;

/** Masks of one's own choice from NumPy's {@code .npy}: [trials, n] of bool or uint8. */
public final class MaskFile {

    private static final int HEADER_PREFIX = 1024;
    private static final int READ_STEP = 1 << 18;

    private MaskFile() {}

    /**
     * Reads masks.
     *
     * @param trainSize n
     * @throws DataException when the file is not such an array
     */
    public static SubsetSampler read(Path file, int trainSize) {
        NpyArray array;
        try (InputStream in = Files.newInputStream(file)) {
            String header = new String(in.readNBytes(HEADER_PREFIX), StandardCharsets.ISO_8859_1);
            if (header.contains("'fortran_order': True")) {
                throw new DataException(
                        file
                                + ": expected C order, found Fortran order; save numpy.ascontiguousarray");
            }
            array = NpyFile.read(file, READ_STEP);
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new DataException(
                    "cannot read masks from %s: %s".formatted(file, e.getMessage()), e);
        }
        int[] shape = array.getShape();
        if (shape.length != 2 || shape[1] != trainSize) {
            throw new DataException(
                    "%s: expected masks of shape [trials, %d], found %s"
                            .formatted(file, trainSize, Arrays.toString(shape)));
        }
        return new SubsetSampler.Given(trainSize, bytes(file, array.getData()));
    }

    /**
     * SHA-256 of the file, as lower-case hexadecimal.
     *
     * @throws DataException when it cannot be read
     */
    public static String fingerprint(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[READ_STEP];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(Path file, Object data) {
        if (data instanceof byte[] bytes) {
            return bytes;
        }
        if (data instanceof boolean[] flags) {
            byte[] bytes = new byte[flags.length];
            for (int k = 0; k < flags.length; k++) {
                bytes[k] = (byte) (flags[k] ? 1 : 0);
            }
            return bytes;
        }
        throw new DataException(
                "%s: expected values of type bool or uint8, found %s"
                        .formatted(file, data.getClass().getSimpleName()));
    }
}
