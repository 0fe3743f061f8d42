package dev.longtail.trials.saving;

import dev.longtail.schemas.Example;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Trial;
import dev.longtail.schemas.UndecodableRecordException;
import dev.longtail.trials.data.DataException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A directory of trained models.
 *
 * <pre>
 *   experiment.record         the experiment's description, as in Kafka
 *   train-examples.records    the training examples with their pictures, each after its length (int32)
 *   model/                    the model before training and its inputs' standardisation
 *   trials/ID.npz             a trial's trained parameters
 *   trials/ID.record          the trial, as in Kafka; written last
 * </pre>
 *
 * Several workers may share it. Every file is there as a whole or not at all.
 *
 * @param directory of the files
 */
public record SavedTrials(Path directory) {

    private static final String RECORD = ".record";

    /** Where the model is. */
    public Path model() {
        return directory.resolve("model");
    }

    /** Where a trial's parameters are. */
    public Path parameters(String id) {
        return trials().resolve(id + ".npz");
    }

    /** Whether a trial is here as a whole. */
    public boolean has(String id) {
        return Files.exists(trials().resolve(id + RECORD));
    }

    /**
     * Says whose trials these are, where nobody has.
     *
     * @param trainExamples all training examples
     * @throws DataException when the files cannot be written
     */
    public void describe(Experiment experiment, Stream<Example> trainExamples) {
        try {
            Files.createDirectories(trials());
            if (Files.exists(directory.resolve("experiment.record"))) {
                return;
            }
            Path unfinished = Files.createTempFile(directory, "examples", ".tmp");
            RecordCodec<Example> codec = RecordCodec.of(Example.class);
            try (DataOutputStream out =
                    new DataOutputStream(
                            new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
                for (Example example : (Iterable<Example>) trainExamples::iterator) {
                    byte[] bytes = codec.encode(example);
                    out.writeInt(bytes.length);
                    out.write(bytes);
                }
            }
            move(unfinished, directory.resolve("train-examples.records"));
            write(
                    directory.resolve("experiment.record"),
                    RecordCodec.of(Experiment.class).encode(experiment));
        } catch (IOException e) {
            throw new DataException(
                    "--save-models: cannot write to %s: %s"
                            .formatted(directory.toAbsolutePath(), e.getMessage()),
                    e);
        }
    }

    /**
     * Saves a trial, whose parameters are saved already.
     *
     * @throws DataException when it cannot be written
     */
    public void save(Trial trial) {
        try {
            write(
                    trials().resolve(trial.getId() + RECORD),
                    RecordCodec.of(Trial.class).encode(trial));
        } catch (IOException e) {
            throw new DataException(
                    "--save-models: cannot write trial %s to %s: %s"
                            .formatted(trial.getId(), trials().toAbsolutePath(), e.getMessage()),
                    e);
        }
    }

    /**
     * Whose trials these are.
     *
     * @throws DataException when the directory holds none
     */
    public Experiment experiment() {
        return read(directory.resolve("experiment.record"), Experiment.class);
    }

    /**
     * A saved trial.
     *
     * @throws DataException when it cannot be read
     */
    public Trial trial(String id) {
        return read(trials().resolve(id + RECORD), Trial.class);
    }

    /** The ids of all saved trials, shorter ones first, which orders numbers. */
    public List<String> ids() {
        try (Stream<Path> files = Files.list(trials())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(RECORD))
                    .map(name -> name.substring(0, name.length() - RECORD.length()))
                    .sorted(
                            Comparator.comparing(String::length)
                                    .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw unreadable(trials(), e);
        }
    }

    /**
     * The training examples.
     *
     * @throws DataException when they cannot be read
     */
    public List<Example> trainExamples() {
        Path file = directory.resolve("train-examples.records");
        RecordCodec<Example> codec = RecordCodec.of(Example.class);
        List<Example> examples = new ArrayList<>();
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                int length;
                try {
                    length = in.readInt();
                } catch (EOFException end) {
                    return examples;
                }
                examples.add(codec.decode(in.readNBytes(length)));
            }
        } catch (IOException | UndecodableRecordException e) {
            throw unreadable(file, e);
        }
    }

    private Path trials() {
        return directory.resolve("trials");
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path unfinished =
                Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp");
        Files.write(unfinished, bytes);
        move(unfinished, file);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static <T extends SpecificRecordBase> T read(Path file, Class<T> type) {
        try {
            return RecordCodec.of(type).decode(Files.readAllBytes(file));
        } catch (IOException | UndecodableRecordException e) {
            throw unreadable(file, e);
        }
    }

    private static DataException unreadable(Path file, Exception cause) {
        return new DataException(
                "expected trials that 'longtail train --save-models' saved, cannot read %s: %s"
                        .formatted(file.toAbsolutePath(), cause),
                cause);
    }
}
