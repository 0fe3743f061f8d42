package dev.longtail.exchange.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The released runs of one subset ratio: directories with one {@code aux_arrays.npz} each. The name
 * of a run's directory is its trial id.
 *
 * <pre>
 *   cifar100-inception/0.7/0/aux_arrays.npz
 *                     |   |
 *                     |   run
 *                     subset ratio: an experiment of its own
 * </pre>
 */
public final class HeldoutSource implements ImportSource {

    private final String experiment;
    private final Path directory;
    private final List<Path> runs;
    private final Iterator<Path> remaining;

    private HeldoutSource(String experiment, Path directory, List<Path> runs) {
        this.experiment = experiment;
        this.directory = directory;
        this.runs = runs;
        this.remaining = runs.iterator();
    }

    /**
     * The experiments in a directory: itself when it holds runs, else each of its subdirectories
     * that does.
     *
     * @param directory of one subset ratio, or of several
     * @param experiment name of the experiment, with several ratios its beginning; null for the
     *     directory's own
     * @throws IOException when nothing there holds runs
     */
    public static List<HeldoutSource> in(Path directory, String experiment) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw new ImportException("expected a directory of runs, found " + directory);
        }
        List<Path> ownRuns = runs(absolute);
        if (!ownRuns.isEmpty()) {
            String name =
                    experiment != null ? experiment : ratioName(absolute.getParent(), absolute);
            return List.of(new HeldoutSource(name, directory, ownRuns));
        }
        List<HeldoutSource> sources = new ArrayList<>();
        for (Path ratio : children(absolute)) {
            List<Path> runs = runs(ratio);
            if (!runs.isEmpty()) {
                String name =
                        experiment != null
                                ? experiment + "-" + nameOf(ratio)
                                : ratioName(absolute, ratio);
                sources.add(new HeldoutSource(name, ratio, runs));
            }
        }
        if (sources.isEmpty()) {
            throw new ImportException(
                    "expected runs as %s/<subset ratio>/<run>/%s or %s/<run>/%s, found none"
                            .formatted(directory, HeldoutRun.FILE, directory, HeldoutRun.FILE));
        }
        return sources;
    }

    /** Name of the experiment that these runs are. */
    public String experiment() {
        return experiment;
    }

    @Override
    public String description() {
        return directory.toString();
    }

    @Override
    public long size() {
        return runs.size();
    }

    @Override
    public Sampling sampling() {
        return Sampling.SAME_SIZE;
    }

    @Override
    public Optional<Candidate> next() {
        return remaining.hasNext() ? Optional.of(new Run(remaining.next())) : Optional.empty();
    }

    @Override
    public void close() {
        // Each run's file is open only while it is read.
    }

    private record Run(Path directory) implements Candidate {

        @Override
        public String id() {
            return directory.getFileName().toString();
        }

        @Override
        public ImportedTrial read() throws IOException {
            return HeldoutRun.read(id(), directory.resolve(HeldoutRun.FILE));
        }
    }

    private static String ratioName(Path collection, Path ratio) {
        return nameOf(collection) + "-" + nameOf(ratio);
    }

    /** A directory's name with what no topic name may have replaced. */
    private static String nameOf(Path directory) {
        return directory
                .getFileName()
                .toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]", "-");
    }

    /** Runs in order of their numbers; names that are no numbers come last. */
    private static List<Path> runs(Path ratio) throws IOException {
        return children(ratio).stream()
                .filter(run -> Files.isRegularFile(run.resolve(HeldoutRun.FILE)))
                .sorted(Comparator.comparing(HeldoutSource::number).thenComparing(Path::toString))
                .toList();
    }

    private static long number(Path run) {
        String name = run.getFileName().toString();
        return name.matches("[0-9]{1,18}") ? Long.parseLong(name) : Long.MAX_VALUE;
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }
}
